package io.aftersend.query.people;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Where a row stands in a table: by a number first and a text then.
public record Place(long number, String text) {
  /// Changes with the meaning of a cursor, so that an old one is refused, not misread.
  private static final String VERSION = "1:";

  private static final char SEPARATOR = '\n';

  /// The opaque cursor of a page of a table that ends here.
  String cursor(String table) {
    String content = VERSION + table + SEPARATOR + number + SEPARATOR + text;
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(content.getBytes(StandardCharsets.UTF_8));
  }

  /// The place that a cursor of a table stands for; null when it is none of ours.
  static @Nullable Place of(String table, String cursor) {
    try {
      String content = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
      String[] parts = content.split(String.valueOf(SEPARATOR), 3);
      return parts.length == 3 && parts[0].equals(VERSION + table)
          ? new Place(Long.parseLong(parts[1]), parts[2])
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
