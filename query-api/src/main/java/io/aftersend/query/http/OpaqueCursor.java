package io.aftersend.query.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The form of the cursors that pages hand out: whoever has one can only give it back.
public final class OpaqueCursor {
  private OpaqueCursor() {}

  /// The cursor of a place.
  ///
  /// @param version changes with the meaning of a place, so that an old cursor is refused, not
  ///   misread
  public static String of(String version, String place) {
    byte[] bytes = (version + place).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The place that a cursor stands for; null when it is none of that version.
  public static @Nullable String place(String version, String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      return text.startsWith(version) ? text.substring(version.length()) : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
