package io.aftersend.processor.enrich;

import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads a place out of a database's record, whichever of the usual layouts it has: GeoIP2's nested
/// one (MaxMind, DB-IP), or a flat one (IPinfo, and files made from DB-IP's and others' lists). The
/// record itself is looked at, since the names of databases tell nothing reliable.
final class PlaceLayout {
  /// A longer text is no name of a place.
  private static final int MAX_NAME = 200;

  private static final Set<String> ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());

  private PlaceLayout() {}

  /// The place that a record tells; [Place#NOWHERE] where it tells none.
  static Place read(Map<?, ?> record) {
    String country = country(record);
    String region = region(record, country);
    String city =
        record.get("city") instanceof Map<?, ?> city1 ? englishName(city1) : text(record, "city");
    String zone = zone(record);
    return country == null && region == null && city == null && zone == null
        ? Place.NOWHERE
        : new Place(country, region, city, zone);
  }

  private static @Nullable String country(Map<?, ?> record) {
    if (record.get("country") instanceof Map<?, ?> country) {
      return countryCode(text(country, "iso_code"));
    }
    String code = countryCode(text(record, "country_code"));
    return code == null ? countryCode(text(record, "country")) : code;
  }

  /// Flat files have the code under either name, and may have the country's name under one of them.
  private static @Nullable String countryCode(@Nullable String text) {
    return text != null
            && text.length() == 2
            && isCapital(text.charAt(0))
            && isCapital(text.charAt(1))
        ? text
        : null;
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static @Nullable String region(Map<?, ?> record, @Nullable String country) {
    if (record.get("subdivisions") instanceof List<?> subdivisions) {
      return !subdivisions.isEmpty() && subdivisions.getFirst() instanceof Map<?, ?> first
          ? regionCodeOr(text(first, "iso_code"), country, englishName(first))
          : null;
    }
    String name = text(record, "region");
    return regionCodeOr(
        text(record, "region_code"), country, name == null ? text(record, "state1") : name);
  }

  private static @Nullable String regionCodeOr(
      @Nullable String code, @Nullable String country, @Nullable String name) {
    if (code == null || country == null) {
      return name;
    }
    return code.startsWith(country + "-") ? code : country + "-" + code;
  }

  private static @Nullable String zone(Map<?, ?> record) {
    String zone =
        record.get("location") instanceof Map<?, ?> location ? text(location, "time_zone") : null;
    if (zone == null) {
      zone = text(record, "timezone");
    }
    return zone != null && ZONES.contains(zone) ? zone : null;
  }

  private static @Nullable String englishName(Map<?, ?> named) {
    return named.get("names") instanceof Map<?, ?> names ? text(names, "en") : null;
  }

  private static @Nullable String text(Map<?, ?> record, String field) {
    return record.get(field) instanceof String text && !text.isBlank() && text.length() <= MAX_NAME
        ? text
        : null;
  }
}
