package io.aftersend.query.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Strict percent-decoding (RFC 3986): a broken escape or broken UTF-8 decodes to nothing.
final class PercentCoding {
  private PercentCoding() {}

  /// A segment of a path; null when it is not well encoded.
  static @Nullable String decode(String text) {
    return decode(text, false);
  }

  /// A name or value of a query, in which a plus is a space; null when it is not well encoded.
  static @Nullable String decodeForm(String text) {
    return decode(text, true);
  }

  private static @Nullable String decode(String text, boolean isPlusSpace) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '%') {
        int octet = octet(text, at + 1);
        if (octet < 0) {
          return null;
        }
        bytes.write(octet);
        at += 2;
      } else if (c == '+' && isPlusSpace) {
        bytes.write(' ');
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int octet(String text, int at) {
    if (at + 2 > text.length()) {
      return -1;
    }
    int high = Character.digit(text.charAt(at), 16);
    int low = Character.digit(text.charAt(at + 1), 16);
    return high < 0 || low < 0 ? -1 : high * 16 + low;
  }
}
