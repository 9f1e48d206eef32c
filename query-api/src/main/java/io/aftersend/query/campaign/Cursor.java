package io.aftersend.query.campaign;

import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.Text;
import org.jspecify.annotations.Nullable;

/// The opaque place in a table of campaigns at which a page ended.
final class Cursor {
  /// Changes with the meaning of a cursor, so that an old one is refused, not misread.
  private static final String VERSION = "1:";

  private Cursor() {}

  /// The cursor of a page whose last campaign is `campaign`.
  static String after(String campaign) {
    return OpaqueCursor.of(VERSION, campaign);
  }

  /// The campaign that a cursor stands behind; null when it is none of ours.
  static @Nullable String campaign(String cursor) {
    String campaign = OpaqueCursor.place(VERSION, cursor);
    return campaign != null && Text.isId(campaign) ? campaign : null;
  }
}
