package io.aftersend.query.people;

import io.aftersend.query.http.OpaqueCursor;
import org.jspecify.annotations.Nullable;

/// Where a row stands in a table: by a number first and a text then.
public record Place(long number, String text) {
  /// Changes with the meaning of a cursor, so that an old one is refused, not misread.
  private static final String VERSION = "1:";

  private static final char SEPARATOR = '\n';

  /// The opaque cursor of a page of a table that ends here.
  String cursor(String table) {
    return OpaqueCursor.of(VERSION, table + SEPARATOR + number + SEPARATOR + text);
  }

  /// The place that a cursor of a table stands for; null when it is none of ours.
  static @Nullable Place of(String table, String cursor) {
    String place = OpaqueCursor.place(VERSION, cursor);
    if (place == null) {
      return null;
    }
    String[] parts = place.split(String.valueOf(SEPARATOR), 3);
    try {
      return parts.length == 3 && parts[0].equals(table)
          ? new Place(Long.parseLong(parts[1]), parts[2])
          : null;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
