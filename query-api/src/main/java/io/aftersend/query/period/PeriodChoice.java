package io.aftersend.query.period;

import io.aftersend.query.http.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// What a request says of the period that it asks about. Times are at quarter hours.
///
/// @param from null where it names no begin
/// @param to null where it names no end
/// @param zone an IANA name that Java and the database know
/// @param now the end of the quarter hour of the request
public record PeriodChoice(@Nullable Instant from, @Nullable Instant to, ZoneId zone, Instant now) {
  /// The longest period whose ends are both named.
  public static final Duration LONGEST = Duration.ofDays(3_700);

  /// The period from `from`, or from the beginning of the day that many days before its end, to
  /// `to`, or to now.
  ///
  /// @param parameters are told what is wrong with it
  public Period orLastDays(int days, QueryParameters parameters) {
    return orLastDays(days, LONGEST, parameters);
  }

  /// The same with another bound than ten years.
  public Period orLastDays(int days, Duration longest, QueryParameters parameters) {
    return checked(lastDays(days), longest, parameters);
  }

  /// The same without a check.
  public Period lastDays(int days) {
    Instant end = to == null ? now : to;
    Instant start =
        from == null
            ? LocalDate.ofInstant(end, zone).minusDays(days).atStartOfDay(zone).toInstant()
            : from;
    return new Period(PeriodReader.floor(start), end);
  }

  /// The period; where one of its ends is not named, all that there is in that direction.
  ///
  /// @param parameters are told what is wrong with it
  public Period orAlways(QueryParameters parameters) {
    Period period =
        new Period(
            from == null ? Period.ALWAYS.start() : from, to == null ? Period.ALWAYS.end() : to);
    return checked(period, isWhole() ? LONGEST : Period.ALWAYS.length(), parameters);
  }

  /// Whether both ends are named.
  public boolean isWhole() {
    return from != null && to != null;
  }

  /// Whether the request leaves it open which period it means.
  public boolean isOpen() {
    return from == null && to == null;
  }

  /// Checks that a period is one, and no longer than it may be.
  static Period checked(Period period, Duration longest, QueryParameters parameters) {
    if (!period.start().isBefore(period.end())) {
      parameters.wrong(
          "from", "expected a time before %s, got %s".formatted(period.end(), period.start()));
    } else if (period.length().compareTo(longest) > 0) {
      parameters.wrong(
          "from",
          "expected at most %d days before %s, got %s"
              .formatted(longest.toDays(), period.end(), period.start()));
    }
    return period;
  }
}
