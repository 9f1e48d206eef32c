package io.aftersend.query.audience;

import io.aftersend.query.http.OpaqueCursor;
import org.jspecify.annotations.Nullable;

/// Where a row stands among the mails of a campaign: by message, and where events name none by
/// recipient.
///
/// @param message empty where events name no message
/// @param alone the recipient then; else empty
public record MailPlace(String message, String alone) {
  /// Before all rows.
  static final MailPlace START = new MailPlace("", "");

  /// Behind all recipients, whose ids have no such character.
  private static final String END = "\u007f";

  /// Changes with the meaning of a cursor, so that an old one is refused, not misread.
  private static final String VERSION = "1:";

  private static final char SEPARATOR = '\n';

  /// Behind all rows of a message.
  static MailPlace behind(String message) {
    return new MailPlace(message, END);
  }

  String cursor() {
    return OpaqueCursor.of(VERSION, message + SEPARATOR + alone);
  }

  /// The place that a cursor stands for; null when it is none of ours.
  static @Nullable MailPlace of(String cursor) {
    String place = OpaqueCursor.place(VERSION, cursor);
    int separator = place == null ? -1 : place.indexOf(SEPARATOR);
    return place == null || separator < 0
        ? null
        : new MailPlace(place.substring(0, separator), place.substring(separator + 1));
  }
}
