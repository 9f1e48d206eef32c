package io.aftersend.links;

/// A strict reading of UTF-8 (Unicode, table 3-7: well-formed byte sequences).
final class Utf8 {
  private Utf8() {}

  /// The number of characters (code points), or -1 when the bytes are not well-formed UTF-8 or hold
  /// a control character. Allocates nothing.
  static int countCharacters(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int count = 0;
    for (int at = offset; at < end; count++) {
      int size = sequenceLength(bytes[at]);
      if (size == 0 || size > end - at || !isWellFormed(bytes, at, size)) {
        return -1;
      }
      at += size;
    }
    return count;
  }

  private static int sequenceLength(byte first) {
    int lead = first & 0xFF;
    if (lead < 0x80) {
      return 1;
    }
    if (lead < 0xC2) {
      return 0;
    }
    if (lead < 0xE0) {
      return 2;
    }
    if (lead < 0xF0) {
      return 3;
    }
    return lead < 0xF5 ? 4 : 0;
  }

  private static boolean isWellFormed(byte[] bytes, int at, int size) {
    int character = size == 1 ? bytes[at] : bytes[at] & (0xFF >> (size + 1));
    for (int i = at + 1; i < at + size; i++) {
      if ((bytes[i] & 0xC0) != 0x80) {
        return false;
      }
      character = character << 6 | (bytes[i] & 0x3F);
    }
    boolean isOverlong = (size == 3 && character < 0x800) || (size == 4 && character < 0x10000);
    boolean isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    return !isOverlong
        && !isSurrogate
        && character <= 0x10FFFF
        && !Character.isISOControl(character);
  }
}
