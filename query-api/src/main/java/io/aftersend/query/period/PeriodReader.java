package io.aftersend.query.period;

import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Text;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The reading of `from`, `to` and `zone`, which mean the same wherever they may stand: RFC 3339
/// times, or dates, which begin at midnight in the zone. Safe for any thread.
public final class PeriodReader {
  /// The parameters that it reads.
  public static final List<String> PARAMETERS = List.of("from", "to", "zone");

  private static final String UTC = "UTC";
  private static final long QUARTER_MS = Duration.ofMinutes(15).toMillis();

  private final Predicate<String> knownZones;
  private final Supplier<Tenants> tenants;
  private final InstantSource clock;

  /// @param knownZones whether the database can reckon in a zone
  /// @param tenants tell the zone that holds where none is asked for
  public PeriodReader(
      Predicate<String> knownZones, Supplier<Tenants> tenants, InstantSource clock) {
    this.knownZones = knownZones;
    this.tenants = tenants;
    this.clock = clock;
  }

  /// What a request says. Times between quarter hours are widened to them. Whether it makes a
  /// period is seen once its open ends are known.
  ///
  /// @param parameters are told what is wrong; then what is returned is not meant
  /// @param tenant whose zone holds where none is asked for
  public PeriodChoice read(QueryParameters parameters, String tenant) {
    ZoneId zone = ZoneId.of(zone(parameters, tenant));
    Instant from = time(parameters, "from", zone);
    Instant to = time(parameters, "to", zone);
    return new PeriodChoice(
        from == null ? null : floor(from),
        to == null ? null : ceiling(to),
        zone,
        ceiling(clock.instant()));
  }

  private String zone(QueryParameters parameters, String tenantId) {
    String zone = parameters.text("zone");
    if (zone != null && isKnown(zone)) {
      return zone;
    }
    if (zone != null) {
      parameters.wrong(
          "zone", "expected an IANA time zone, such as Asia/Tehran, got " + Text.quoted(zone));
      return UTC;
    }
    Tenant tenant = tenants.get().tenant(tenantId);
    return tenant == null ? UTC : tenant.timeZone();
  }

  private boolean isKnown(String zone) {
    return ZoneId.getAvailableZoneIds().contains(zone) && knownZones.test(zone);
  }

  private static @Nullable Instant time(QueryParameters parameters, String name, ZoneId zone) {
    String text = parameters.text(name);
    if (text == null) {
      return null;
    }
    Instant time = time(text, zone);
    if (time == null || time.isBefore(Period.ALWAYS.start()) || time.isAfter(Period.ALWAYS.end())) {
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

  static Instant floor(Instant time) {
    return Instant.ofEpochMilli(Math.floorDiv(time.toEpochMilli(), QUARTER_MS) * QUARTER_MS);
  }

  private static Instant ceiling(Instant time) {
    Instant floor = floor(time);
    return floor.equals(time) ? floor : floor.plusMillis(QUARTER_MS);
  }
}
