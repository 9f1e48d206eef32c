package io.aftersend.edge.hit;

import io.aftersend.edge.field.EightBytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A buffer that records are written into one after the other, by the rules of Avro's binary
/// encoding. Confined to one thread; allocates nothing but where it says so.
///
/// An optional value is a union of null and a type, in this order: null is one zero byte, and any
/// other value follows a two.
final class AvroBytes {
  private static final byte PRESENT = 2;

  private final byte[] bytes;
  private int length;

  AvroBytes(int capacity) {
    bytes = new byte[capacity];
  }

  /// Begins anew.
  void clear() {
    length = 0;
  }

  int length() {
    return length;
  }

  /// The buffer. Borrowed: valid until the next record.
  byte[] array() {
    return bytes;
  }

  /// Bytes that are not to be changed any more.
  void raw(byte[] source) {
    raw(source, 0, source.length);
  }

  void raw(byte[] source, int offset, int sourceLength) {
    System.arraycopy(source, offset, bytes, length, sourceLength);
    length += sourceLength;
  }

  void raw(byte single) {
    bytes[length++] = single;
  }

  /// That many nulls, each a zero byte, as is an empty array.
  void nulls(int count) {
    for (int i = 0; i < count; i++) {
      bytes[length++] = 0;
    }
  }

  void flag(boolean value) {
    bytes[length++] = (byte) (value ? 1 : 0);
  }

  /// An int or a long.
  void number(long value) {
    long rest = (value << 1) ^ (value >> 63);
    while ((rest & ~0x7FL) != 0) {
      bytes[length++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[length++] = (byte) rest;
  }

  /// The decimal digits of a number that is not negative, without any length.
  void digits(long value) {
    int count = 1;
    for (long rest = value; rest >= 10; rest /= 10) {
      count++;
    }
    long rest = value;
    for (int at = length + count - 1; at >= length; at--) {
      bytes[at] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    length += count;
  }

  void optionalNumber(long value) {
    bytes[length++] = PRESENT;
    number(value);
  }

  /// A text of UTF-8.
  void text(byte[] source, int offset, int sourceLength) {
    number(sourceLength);
    raw(source, offset, sourceLength);
  }

  void optionalText(byte[] source, int offset, int sourceLength) {
    bytes[length++] = PRESENT;
    text(source, offset, sourceLength);
  }

  /// The text of an optional value that is there, with its capital letters made small.
  void optionalLowerCase(byte[] source, int offset, int sourceLength) {
    bytes[length++] = PRESENT;
    number(sourceLength);
    for (int i = offset; i < offset + sourceLength; i++) {
      byte c = source[i];
      bytes[length++] = c >= 'A' && c <= 'Z' ? (byte) (c + 0x20) : c;
    }
  }

  /// The text of an optional value that is there; what is no printable ASCII stands as a question
  /// mark.
  void optionalPrintable(byte[] source, int offset, int sourceLength) {
    optionalText(source, offset, sourceLength);
    int at = length - sourceLength;
    for (; at + Long.BYTES <= length; at += Long.BYTES) {
      if (!arePrintable(EightBytes.at(bytes, at))) {
        replaceUnprintable(at, at + Long.BYTES);
      }
    }
    replaceUnprintable(at, length);
  }

  /// Whether each of eight bytes is, from space to tilde.
  private static boolean arePrintable(long eight) {
    return (EightBytes.below(eight, ' ')
            | EightBytes.equal(eight, 0x7F)
            | EightBytes.outsideAscii(eight))
        == 0;
  }

  private void replaceUnprintable(int from, int to) {
    for (int at = from; at < to; at++) {
      if (bytes[at] < ' ' || bytes[at] == 0x7F) {
        bytes[at] = '?';
      }
    }
  }

  /// An optional text. Allocates.
  void optionalText(@Nullable String value) {
    if (value == null) {
      nulls(1);
    } else {
      byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
      optionalText(utf8, 0, utf8.length);
    }
  }

  /// A text that does not change, ready to be written. Allocates.
  static byte[] constantText(String value) {
    return constant(value, false);
  }

  /// The same as an optional value. Allocates.
  static byte[] constantOptionalText(String value) {
    return constant(value, true);
  }

  private static byte[] constant(String value, boolean isOptional) {
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    AvroBytes made = new AvroBytes(utf8.length + 11);
    if (isOptional) {
      made.optionalText(utf8, 0, utf8.length);
    } else {
      made.text(utf8, 0, utf8.length);
    }
    return made.copy();
  }

  /// What was written, as an array of its own.
  byte[] copy() {
    return Arrays.copyOf(bytes, length);
  }
}
