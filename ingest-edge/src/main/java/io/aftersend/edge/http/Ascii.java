package io.aftersend.edge.http;

import io.aftersend.edge.field.EightBytes;

/// The character classes of HTTP (RFC 9110, section 5.6) on bytes. Allocates nothing.
final class Ascii {
  private static final long LOWER_CASE = 0x2020202020202020L;
  private static final byte DELETE = 0x7F;

  private static final boolean[] TOKEN = new boolean[256];
  private static final boolean[] HOST = new boolean[256];

  static {
    for (int c = '!'; c < HOST.length / 2; c++) {
      HOST[c] = "/\\@,?#".indexOf(c) < 0;
    }
    "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        .chars()
        .forEach(c -> TOKEN[c] = true);
  }

  private Ascii() {}

  static boolean isTokenCharacter(byte c) {
    return TOKEN[c & 0xFF];
  }

  /// The place of the first byte between two places that may not stand in a token; `to` when there
  /// is none.
  static int endOfToken(byte[] bytes, int from, int to) {
    int at = from;
    // Most tokens are words.
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long other = EightBytes.otherThanWords(EightBytes.at(bytes, at));
      if (other != 0) {
        at += Long.numberOfTrailingZeros(other) >>> 3;
        break;
      }
    }
    while (at < to && isTokenCharacter(bytes[at])) {
      at++;
    }
    return at;
  }

  /// Whether it may stand in a host and port: nothing that a URL or a list goes on behind.
  static boolean isHostCharacter(byte c) {
    return HOST[c & 0xFF];
  }

  static boolean isDigit(byte c) {
    return c >= '0' && c <= '9';
  }

  /// The value of a hexadecimal digit, or -1.
  static int hex(byte c) {
    if (isDigit(c)) {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /// Whether the slice that begins at `offset` is `lower`, in any case.
  static boolean equalsIgnoreCase(byte[] bytes, int offset, byte[] lower) {
    for (int i = 0; i < lower.length; i++) {
      if (toLower(bytes[offset + i]) != lower[i]) {
        return false;
      }
    }
    return true;
  }

  /// Whether the token that begins at `offset` is `lower`, in any case.
  ///
  /// @param lower letters, digits and hyphens
  static boolean isToken(byte[] bytes, int offset, byte[] lower) {
    // No two characters of tokens but the cases of a letter differ in this bit alone, with one
    // exception that stands in no `lower`.
    int at = 0;
    for (; at + Long.BYTES <= lower.length; at += Long.BYTES) {
      if ((EightBytes.at(bytes, offset + at) | LOWER_CASE) != EightBytes.at(lower, at)) {
        return false;
      }
    }
    while (at < lower.length && (bytes[offset + at] | 0x20) == lower[at]) {
      at++;
    }
    return at == lower.length;
  }

  static boolean equalsIgnoreCase(byte[] bytes, int offset, int length, byte[] lower) {
    return length == lower.length && equalsIgnoreCase(bytes, offset, lower);
  }

  /// Whether two slices of the same length hold the same text, in any case.
  static boolean areEqualIgnoringCase(byte[] bytes, int offset, int otherOffset, int length) {
    for (int i = 0; i < length; i++) {
      if (toLower(bytes[offset + i]) != toLower(bytes[otherOffset + i])) {
        return false;
      }
    }
    return true;
  }

  private static byte toLower(byte c) {
    return c >= 'A' && c <= 'Z' ? (byte) (c + 0x20) : c;
  }

  /// The place of the first byte below `bound`, or the first DEL, between two places; `to` when
  /// there is none. Bytes over 0x7F count as large.
  ///
  /// @param bound from 1 to 0x80
  static int indexOfControl(byte[] bytes, int from, int to, int bound) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long eight = EightBytes.at(bytes, at);
      long found = EightBytes.below(eight, bound) | EightBytes.equal(eight, DELETE);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && (bytes[at] < 0 || bytes[at] >= bound) && bytes[at] != DELETE) {
      at++;
    }
    return at;
  }

  /// The place of the first of two characters between two places; `to` when there is none.
  static int indexOfEither(byte[] bytes, int from, int to, char one, char other) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long eight = EightBytes.at(bytes, at);
      long found = EightBytes.equal(eight, one) | EightBytes.equal(eight, other);
      if (found != 0) {
        return at + (Long.numberOfTrailingZeros(found) >>> 3);
      }
    }
    while (at < to && bytes[at] != one && bytes[at] != other) {
      at++;
    }
    return at;
  }
}
