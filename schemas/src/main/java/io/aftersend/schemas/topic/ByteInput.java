package io.aftersend.schemas.topic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Reads Avro's binary form from an array. Broken bytes end in a [RuntimeException]. For one
/// thread.
final class ByteInput {
  /// Names of which there are few, so that they are not made again for each record; a power of two.
  private static final int NAMES = 1024;

  private static final int MAX_NAME_BYTES = 64;

  private final @Nullable Name[] names = new Name[NAMES];
  private byte[] bytes = new byte[0];
  private int at;

  private static final class Name {
    private final byte[] utf8;
    private final String text;

    private Name(byte[] utf8, String text) {
      this.utf8 = utf8;
      this.text = text;
    }
  }

  /// Goes on with other bytes, from a place in them.
  void start(byte[] source, int from) {
    bytes = source;
    at = from;
  }

  /// An int or a long, which are written alike.
  long readLong() {
    long value = 0;
    for (int shift = 0; shift < Long.SIZE; shift += 7) {
      byte next = bytes[at++];
      value |= (next & 0x7FL) << shift;
      if (next >= 0) {
        return (value >>> 1) ^ -(value & 1);
      }
    }
    throw new IllegalArgumentException("expected a number of at most ten bytes, got more");
  }

  int readInt() {
    return Math.toIntExact(readLong());
  }

  boolean readBoolean() {
    return bytes[at++] == 1;
  }

  double readDouble() {
    long bits = 0;
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bits |= (bytes[at++] & 0xFFL) << shift;
    }
    return Double.longBitsToDouble(bits);
  }

  String readString() {
    return text(readLength());
  }

  private String text(int length) {
    String text = new String(bytes, at, length, StandardCharsets.UTF_8);
    at += length;
    return text;
  }

  /// A text that comes again and again.
  String readName() {
    int length = readLength();
    if (length > MAX_NAME_BYTES) {
      return text(length);
    }
    int from = at;
    at += length;
    int hash = length;
    for (int i = from; i < at; i++) {
      hash = 31 * hash + bytes[i];
    }
    int place = (hash ^ (hash >>> 16)) & (NAMES - 1);
    Name known = names[place];
    if (known != null && Arrays.equals(known.utf8, 0, known.utf8.length, bytes, from, at)) {
      return known.text;
    }
    byte[] utf8 = Arrays.copyOfRange(bytes, from, at);
    String text = new String(utf8, StandardCharsets.UTF_8);
    names[place] = new Name(utf8, text);
    return text;
  }

  ByteBuffer readBytes() {
    int length = readLength();
    ByteBuffer read = ByteBuffer.wrap(Arrays.copyOfRange(bytes, at, at + length));
    at += length;
    return read;
  }

  /// How many elements of an array or map come next; 0 at its end.
  int readBlock() {
    long count = readLong();
    if (count < 0) {
      // The block's length in bytes follows, for readers that skip it.
      readLong();
      count = -count;
    }
    // An element may have no bytes at all only where it is a record without fields; ours have some.
    if (count < 0 || count > bytes.length - at) {
      throw new IllegalArgumentException("expected at most the bytes there are, got " + count);
    }
    return (int) count;
  }

  private int readLength() {
    long length = readLong();
    if (length < 0 || length > bytes.length - at) {
      throw new IllegalArgumentException(
          "expected a length up to %d, got %d".formatted(bytes.length - at, length));
    }
    return (int) length;
  }
}
