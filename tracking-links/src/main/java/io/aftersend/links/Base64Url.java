package io.aftersend.links;

import java.util.Arrays;
import java.util.Base64;

/// base64url without padding (RFC 4648, section 5), read strictly: every byte string has exactly
/// one text. The JDK's decoder also takes padding and unused bits that are not zero, and allocates.
final class Base64Url {
  private static final String ALPHABET =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  private static final byte[] VALUES = values();

  private Base64Url() {}

  static String encode(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static int encodedLength(int lengthBytes) {
    return (lengthBytes * 4 + 2) / 3;
  }

  /// Decodes into `target`, which must have room for three bytes per four characters.
  ///
  /// @return the number of bytes, or -1 when the text is not canonical base64url
  static int decode(byte[] text, int offset, int length, byte[] target) {
    if (length % 4 == 1) {
      return -1;
    }
    int wholeEnd = offset + length - length % 4;
    int out = 0;
    int at = offset;
    for (; at < wholeEnd; at += 4) {
      int group =
          value(text[at]) << 18
              | value(text[at + 1]) << 12
              | value(text[at + 2]) << 6
              | value(text[at + 3]);
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

  private static int decodeTwo(byte[] text, int at, byte[] target, int out) {
    int group = value(text[at]) << 6 | value(text[at + 1]);
    if (group < 0 || (group & 0xF) != 0) {
      return -1;
    }
    target[out] = (byte) (group >> 4);
    return out + 1;
  }

  private static int decodeThree(byte[] text, int at, byte[] target, int out) {
    int group = value(text[at]) << 12 | value(text[at + 1]) << 6 | value(text[at + 2]);
    if (group < 0 || (group & 0x3) != 0) {
      return -1;
    }
    target[out] = (byte) (group >> 10);
    target[out + 1] = (byte) (group >> 2);
    return out + 2;
  }

  /// Six bits, or -1, whose sign survives the shifts and unions above.
  private static int value(byte character) {
    return character < 0 ? -1 : VALUES[character];
  }

  private static byte[] values() {
    byte[] values = new byte[128];
    Arrays.fill(values, (byte) -1);
    for (int i = 0; i < ALPHABET.length(); i++) {
      values[ALPHABET.charAt(i)] = (byte) i;
    }
    return values;
  }
}
