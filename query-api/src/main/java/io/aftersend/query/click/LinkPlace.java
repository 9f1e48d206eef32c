package io.aftersend.query.click;

import io.aftersend.query.http.OpaqueCursor;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// What tells the links of a campaign apart, and their order.
///
/// @param link name or position in the mail; empty where clicks were reported without one
/// @param unnamedUrl the target of a link without a name; empty for all others
public record LinkPlace(String link, String unnamedUrl) implements Comparable<LinkPlace> {
  /// Before all links.
  static final LinkPlace START = new LinkPlace("", "");

  /// Changes with the meaning of a cursor, so that an old one is refused, not misread.
  private static final String VERSION = "1:";

  /// Neither an id nor a URL can hold it.
  private static final char SEPARATOR = '\n';

  private static final Comparator<LinkPlace> ORDER =
      Comparator.comparing(LinkPlace::link).thenComparing(LinkPlace::unnamedUrl);

  @Override
  public int compareTo(LinkPlace other) {
    return ORDER.compare(this, other);
  }

  /// The opaque cursor of a page that ends here.
  String cursor() {
    return OpaqueCursor.of(VERSION, link + SEPARATOR + unnamedUrl);
  }

  /// The place that a cursor stands for; null when it is none of ours.
  static @Nullable LinkPlace of(String cursor) {
    String place = OpaqueCursor.place(VERSION, cursor);
    int separator = place == null ? -1 : place.indexOf(SEPARATOR);
    return place == null || separator < 0
        ? null
        : new LinkPlace(place.substring(0, separator), place.substring(separator + 1));
  }
}
