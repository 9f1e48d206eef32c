package io.aftersend.query.list;

import io.aftersend.query.http.ApiRequest;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Text;
import io.aftersend.query.list.ListReadModel.Period;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The checked parameters of a question for growth.
///
/// @param zone of the days, an IANA name
record GrowthQuestion(Period period, String zone) {
  private static final int DEFAULT_DAYS = 30;
  private static final Duration LONGEST = Duration.ofDays(3_700);
  private static final long QUARTER_MS = Duration.ofMinutes(15).toMillis();

  /// Times that every table can hold.
  private static final Instant EARLIEST = Instant.parse("1971-01-01T00:00:00Z");

  private static final Instant LATEST = Instant.parse("2106-01-01T00:00:00Z");

  /// Reads the parameters `from`, `to` and `zone`. Times between quarter hours are widened to them.
  ///
  /// @param defaultZone holds where none is asked for
  /// @throws io.aftersend.query.problem.ProblemException 400 that names every parameter at fault
  static GrowthQuestion of(
      ApiRequest request, String defaultZone, Predicate<String> knownZones, Instant now) {
    QueryParameters parameters = QueryParameters.of(request, List.of("from", "to", "zone"));
    String zone = zone(parameters, defaultZone, knownZones);
    ZoneId zoneId = ZoneId.of(zone);
    Instant to = time(parameters, "to", zoneId);
    Instant end = ceiling(to == null ? now : to);
    Instant from = time(parameters, "from", zoneId);
    Instant start =
        from == null
            ? LocalDate.ofInstant(end, zoneId)
                .minusDays(DEFAULT_DAYS)
                .atStartOfDay(zoneId)
                .toInstant()
            : from;
    start = floor(start);
    if (!start.isBefore(end)) {
      parameters.wrong("from", "expected a time before %s, got %s".formatted(end, start));
    } else if (Duration.between(start, end).compareTo(LONGEST) > 0) {
      parameters.wrong(
          "from",
          "expected at most %d days before %s, got %s".formatted(LONGEST.toDays(), end, start));
    }
    parameters.throwIfWrong();
    return new GrowthQuestion(new Period(start, end), zone);
  }

  private static String zone(
      QueryParameters parameters, String defaultZone, Predicate<String> knownZones) {
    String zone = parameters.text("zone");
    if (zone == null) {
      return defaultZone;
    }
    if (ZoneId.getAvailableZoneIds().contains(zone) && knownZones.test(zone)) {
      return zone;
    }
    parameters.wrong(
        "zone", "expected an IANA time zone, such as Asia/Tehran, got " + Text.quoted(zone));
    return defaultZone;
  }

  private static @Nullable Instant time(QueryParameters parameters, String name, ZoneId zone) {
    String text = parameters.text(name);
    if (text == null) {
      return null;
    }
    Instant time = time(text, zone);
    if (time == null || time.isBefore(EARLIEST) || time.isAfter(LATEST)) {
      parameters.wrong(
          name,
          "expected an RFC 3339 time or a date, such as 2026-06-01, got " + Text.quoted(text));
      return null;
    }
    return time;
  }

  private static @Nullable Instant time(String text, ZoneId zone) {
    try {
      return text.indexOf('T') < 0
          ? LocalDate.parse(text).atStartOfDay(zone).toInstant()
          : OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static Instant floor(Instant time) {
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), QUARTER_MS) * QUARTER_MS);
  }

  private static Instant ceiling(Instant time) {
    Instant floor = floor(time);
    return floor.equals(time) ? floor : floor.plusMillis(QUARTER_MS);
  }
}
