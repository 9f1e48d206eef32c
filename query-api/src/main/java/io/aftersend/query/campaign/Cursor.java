package io.aftersend.query.campaign;

import io.aftersend.query.http.OpaqueCursor;
import io.aftersend.query.http.Text;
import org.jspecify.annotations.Nullable;

/// The opaque place in a table of campaigns at which a page ended.
final class Cursor {
  /// Before all campaigns.
  static final CampaignQuestion.Place START = new CampaignQuestion.Place(0, "", "");

  /// Changes with the meaning of a cursor, so that an old one is refused, not misread.
  private static final String VERSION = "2:";

  private static final char SEPARATOR = '\n';

  private Cursor() {}

  /// The cursor of a page that ends at a place.
  ///
  /// @param way the order and direction of the page
  static String after(String way, CampaignQuestion.Place place) {
    return OpaqueCursor.of(
        VERSION,
        way + SEPARATOR + place.number() + SEPARATOR + place.campaign() + SEPARATOR + place.text());
  }

  /// The place that a cursor stands behind; null when it is none of that way.
  static CampaignQuestion.@Nullable Place place(String way, String cursor) {
    String place = OpaqueCursor.place(VERSION, cursor);
    String[] parts = place == null ? new String[0] : place.split(String.valueOf(SEPARATOR), 4);
    if (parts.length != 4 || !parts[0].equals(way) || !Text.isId(parts[2])) {
      return null;
    }
    try {
      return new CampaignQuestion.Place(Long.parseLong(parts[1]), parts[3], parts[2]);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
