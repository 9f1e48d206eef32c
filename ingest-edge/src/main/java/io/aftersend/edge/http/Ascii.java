package io.aftersend.edge.http;

/// The character classes of HTTP (RFC 9110, section 5.6) on bytes. Allocates nothing.
final class Ascii {
  private static final boolean[] TOKEN = new boolean[256];

  static {
    "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
        .chars()
        .forEach(c -> TOKEN[c] = true);
  }

  private Ascii() {}

  static boolean isTokenCharacter(byte c) {
    return TOKEN[c & 0xFF];
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
}
