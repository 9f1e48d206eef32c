package io.aftersend.edge.post;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The time at which a posted event says that it happened.
final class EventTime {
  /// Backwards as far as a year's comparison needs; forwards as far as clocks may be apart.
  static final Duration MAX_AGE = Duration.ofDays(400);

  static final Duration MAX_AHEAD = Duration.ofMinutes(5);

  static final String EXPECTED_FORMAT =
      "a date and time as in RFC 3339 with its offset, such as 2026-03-01T12:00:00Z, or epoch"
          + " milliseconds";
  static final String EXPECTED_RANGE = "a time from 400 days before now to 5 minutes after";

  private static final Pattern RFC_3339 =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})[Tt ]([0-9]{2}):([0-9]{2}):([0-9]{2})"
              + "(?:\\.([0-9]{1,20}))?(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))");

  private EventTime() {}

  /// The moment that an RFC 3339 text names, to the millisecond; a leap second counts as the second
  /// before it. Null when the text is none.
  static @Nullable Instant parse(String text) {
    Matcher m = RFC_3339.matcher(text);
    if (!m.matches()) {
      return null;
    }
    int second = number(m, 6);
    int offsetHours = m.group(8) == null ? 0 : number(m, 9);
    int offsetMinutes = m.group(8) == null ? 0 : number(m, 10);
    if (second > 60 || offsetHours > 23 || offsetMinutes > 59) {
      return null;
    }
    try {
      LocalDateTime local =
          LocalDateTime.of(
              number(m, 1),
              number(m, 2),
              number(m, 3),
              number(m, 4),
              number(m, 5),
              Math.min(second, 59),
              millis(m.group(7)) * 1_000_000);
      long offsetSeconds = (offsetHours * 60L + offsetMinutes) * 60;
      Instant utc = local.toInstant(ZoneOffset.UTC);
      return utc.minusSeconds("-".equals(m.group(8)) ? -offsetSeconds : offsetSeconds);
    } catch (DateTimeException e) {
      return null;
    }
  }

  static boolean isInRange(Instant time, Instant ingestTime) {
    return !time.isBefore(ingestTime.minus(MAX_AGE)) && !time.isAfter(ingestTime.plus(MAX_AHEAD));
  }

  private static int millis(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "00").substring(0, 3));
  }

  private static int number(Matcher m, int group) {
    return Integer.parseInt(m.group(group));
  }
}
