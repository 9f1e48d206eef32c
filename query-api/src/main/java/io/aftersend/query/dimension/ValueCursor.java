package io.aftersend.query.dimension;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The opaque place in a table of values at which a page ended.
final class ValueCursor {
  /// Changes with the meaning of a cursor, so that an old one is refused, not misread.
  private static final String VERSION = "1:";

  private ValueCursor() {}

  /// The cursor of a page that ends with that value.
  static String after(String value) {
    byte[] bytes = (VERSION + value).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The value that a cursor stands behind; null when it is none of ours.
  static @Nullable String value(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return text.startsWith(VERSION) ? text.substring(VERSION.length()) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
