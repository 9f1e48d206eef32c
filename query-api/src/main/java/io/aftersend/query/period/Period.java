package io.aftersend.query.period;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/// A time from `start` to `end`, which is not part of it; both at quarter hours.
public record Period(Instant start, Instant end) {
  /// All times that every table can hold.
  public static final Period ALWAYS =
      new Period(Instant.parse("1971-01-01T00:00:00Z"), Instant.parse("2106-01-01T00:00:00Z"));

  public Duration length() {
    return Duration.between(start, end);
  }

  /// The period of the same length that ends where this one begins: as many days where this one is
  /// of whole days of the zone, which need not be equally long, else as many hours.
  public Period previous(ZoneId zone) {
    ZonedDateTime first = start.atZone(zone);
    ZonedDateTime last = end.atZone(zone);
    if (isDayStart(first) && isDayStart(last)) {
      long days = ChronoUnit.DAYS.between(first.toLocalDate(), last.toLocalDate());
      LocalDate before = first.toLocalDate().minusDays(days);
      return new Period(before.atStartOfDay(zone).toInstant(), start);
    }
    return new Period(start.minus(length()), start);
  }

  private static boolean isDayStart(ZonedDateTime time) {
    return time.toLocalTime().equals(LocalTime.MIDNIGHT)
        || time.toLocalDate().atStartOfDay(time.getZone()).equals(time);
  }
}
