package io.aftersend.edge.field;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Eight neighbouring bytes as one number, the first in its lowest bits, so that all are looked at
/// at once. Allocates nothing.
///
/// What the tests return is zero when no byte fulfils them. Else its lowest bit that is set is the
/// highest one of the first byte that does; bits above it may be set for no reason.
public final class EightBytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long EACH_BYTE = 0x0101010101010101L;
  private static final long HIGHEST_BITS = 0x8080808080808080L;

  private EightBytes() {}

  public static long at(byte[] bytes, int offset) {
    return (long) LONGS.get(bytes, offset);
  }

  /// The bytes below a bound. Those over 0x7F count as large.
  ///
  /// @param bound from 1 to 0x80
  public static long below(long eight, int bound) {
    return (eight - bound * EACH_BYTE) & ~eight & HIGHEST_BITS;
  }

  /// The bytes that are `c`, which is ASCII.
  public static long equal(long eight, int c) {
    return below(eight ^ (c * EACH_BYTE), 1);
  }

  /// The bytes that are neither letters nor hyphens.
  public static long otherThanWords(long eight) {
    long low = eight & ~HIGHEST_BITS;
    long lowerCase = low | ('a' - 'A') * EACH_BYTE;
    // No sum of two of these reaches the next byte, so that the highest bit of each is exact.
    long fromA = lowerCase + (0x80 - 'a') * EACH_BYTE;
    long beyondZ = lowerCase + (0x80 - 'z' - 1) * EACH_BYTE;
    long noHyphen = (low ^ ('-' * EACH_BYTE)) + 0x7F * EACH_BYTE;
    return (eight | ((~fromA | beyondZ) & noHyphen)) & HIGHEST_BITS;
  }

  /// The bytes over 0x7F.
  public static long outsideAscii(long eight) {
    return eight & HIGHEST_BITS;
  }
}
