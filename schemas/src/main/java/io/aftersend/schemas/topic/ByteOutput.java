package io.aftersend.schemas.topic;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Bytes in memory that grow with what is written, in Avro's binary form. For one thread.
final class ByteOutput {
  private static final int MAX_VARINT_BYTES = 10;

  private byte[] bytes = new byte[1024];
  private int length;

  /// Forgets what was written.
  void reset() {
    length = 0;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  /// An int or a long, which are written alike.
  void writeLong(long value) {
    ensure(MAX_VARINT_BYTES);
    long rest = (value << 1) ^ (value >> 63);
    int at = length;
    while ((rest & ~0x7FL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
    length = at;
  }

  void writeBoolean(boolean value) {
    ensure(1);
    bytes[length++] = (byte) (value ? 1 : 0);
  }

  void writeDouble(double value) {
    ensure(Double.BYTES);
    long bits = Double.doubleToRawLongBits(value);
    for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
      bytes[length++] = (byte) (bits >>> shift);
    }
  }

  void writeString(String value) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    writeLong(utf8.length);
    write(utf8);
  }

  /// Bytes with their length before them; the buffer stays as it is.
  void writeBytes(ByteBuffer value) {
    int size = value.remaining();
    writeLong(size);
    ensure(size);
    value.get(value.position(), bytes, length, size);
    length += size;
  }

  /// Bytes as they are.
  void write(byte[] value) {
    ensure(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  private void ensure(int more) {
    if (bytes.length - length < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(length, more)));
    }
  }
}
