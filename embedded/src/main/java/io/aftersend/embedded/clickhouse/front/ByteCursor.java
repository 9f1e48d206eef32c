package io.aftersend.embedded.clickhouse.front;

import java.nio.charset.StandardCharsets;

/// A reading position in ClickHouse's binary encodings. Throws [IndexOutOfBoundsException] at the
/// end.
final class ByteCursor {
  private final byte[] bytes;
  private final int limit;
  private int at;

  ByteCursor(byte[] bytes, int limit) {
    this.bytes = bytes;
    this.limit = limit;
  }

  int position() {
    return at;
  }

  void skip(long count) {
    if (count < 0 || count > limit - at) {
      throw new IndexOutOfBoundsException("expected " + count + " more bytes at " + at);
    }
    at += (int) count;
  }

  int unsignedByte() {
    skip(1);
    return bytes[at - 1] & 0xff;
  }

  long varint() {
    long value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      int b = unsignedByte();
      value |= (long) (b & 0x7f) << shift;
      if (b < 0x80) {
        break;
      }
    }
    return value;
  }

  long littleEndianLong() {
    skip(Long.BYTES);
    long value = 0;
    for (int i = 1; i <= Long.BYTES; i++) {
      value = (value << 8) | (bytes[at - i] & 0xff);
    }
    return value;
  }

  String text() {
    int length = (int) Math.min(varint(), Integer.MAX_VALUE);
    skip(length);
    return new String(bytes, at - length, length, StandardCharsets.UTF_8);
  }
}
