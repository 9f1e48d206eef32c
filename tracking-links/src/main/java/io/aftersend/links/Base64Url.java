package io.aftersend.links;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;

/// base64url without padding (RFC 4648, section 5), read strictly: every byte string has exactly
/// one text. The JDK's decoder also takes padding and unused bits that are not zero, and allocates.
final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

  /// For each place in a group of four the six bits of each character where they belong, or -1 for
  /// a character outside the alphabet, whose sign survives a union with others.
  private static final int[] FIRST = values(18);

  private static final int[] SECOND = values(12);
  private static final int[] THIRD = values(6);
  private static final int[] FOURTH = values(0);

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static int encodedLength(int lengthBytes) {
    return (lengthBytes * 4 + 2) / 3;
  }

  /// Decodes into `target` from `targetOffset`, where there must be room for three bytes per four
  /// characters.
  ///
  /// @return where the bytes end in `target`, or -1 when the text is not canonical base64url
  static int decode(byte[] text, int offset, int length, byte[] target, int targetOffset) {
    if (length % 4 == 1) {
      return -1;
    }
    int wholeEnd = offset + length - length % 4;
    int at = offset;
    int out = targetOffset;
    // Two groups at once, as long as a third has room for the two bytes that are written too many.
    for (; at + 12 <= wholeEnd; at += 8) {
      int left = group(text, at);
      int right = group(text, at + 4);
      if ((left | right) < 0) {
        return -1;
      }
      LONGS.set(target, out, (long) left << 40 | (long) right << 16);
      out += 6;
    }
    for (; at < wholeEnd; at += 4) {
      int group = group(text, at);
      if (group < 0) {
        return -1;
      }
      target[out++] = (byte) (group >> 16);
      target[out++] = (byte) (group >> 8);
      target[out++] = (byte) group;
    }
    return switch (length % 4) {
      case 2 -> decodeTwo(text, at, target, out);
      case 3 -> decodeThree(text, at, target, out);
      default -> out;
    };
  }

  private static int group(byte[] text, int at) {
    return FIRST[text[at] & 0xFF]
        | SECOND[text[at + 1] & 0xFF]
        | THIRD[text[at + 2] & 0xFF]
        | FOURTH[text[at + 3] & 0xFF];
  }

  private static int decodeTwo(byte[] text, int at, byte[] target, int out) {
    int group = THIRD[text[at] & 0xFF] | FOURTH[text[at + 1] & 0xFF];
    if (group < 0 || (group & 0xF) != 0) {
      return -1;
    }
    target[out] = (byte) (group >> 4);
    return out + 1;
  }

  private static int decodeThree(byte[] text, int at, byte[] target, int out) {
    int group = SECOND[text[at] & 0xFF] | THIRD[text[at + 1] & 0xFF] | FOURTH[text[at + 2] & 0xFF];
    if (group < 0 || (group & 0x3) != 0) {
      return -1;
    }
    target[out] = (byte) (group >> 10);
    target[out + 1] = (byte) (group >> 2);
    return out + 2;
  }

  private static int[] values(int shift) {
    int[] values = new int[256];
    Arrays.fill(values, -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = i << shift;
    }
    return values;
  }
}
