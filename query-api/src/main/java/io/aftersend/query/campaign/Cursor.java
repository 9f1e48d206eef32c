package io.aftersend.query.campaign;

import io.aftersend.query.http.Text;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// The opaque place in a table of campaigns at which a page ended.
final class Cursor {
  /// Changes with the meaning of a cursor, so that an old one is refused, not misread.
  private static final String VERSION = "1:";

  private Cursor() {}

  /// The cursor of a page whose last campaign is `campaign`.
  static String after(String campaign) {
    byte[] bytes = (VERSION + campaign).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// The campaign that a cursor stands behind; null when it is none of ours.
  static @Nullable String campaign(String cursor) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String campaign = text.startsWith(VERSION) ? text.substring(VERSION.length()) : "";
      return Text.isId(campaign) ? campaign : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
