package io.aftersend.query.heatmap;

import io.aftersend.query.heatmap.HeatmapReadModel.WeekHour;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/// The cells of a heatmap without gaps, made of those that have anything.
final class Gapless {
  /// More days than a campaign lives; of a longer span the latest are given.
  static final int MAX_DAYS = 10_000;

  private static final int DAYS = 7;
  private static final int HOURS = 24;

  private Gapless() {}

  /// All 168 hours of the week, in order from Monday, 00:00.
  ///
  /// @param none what an hour has that is not known
  static <V> Map<WeekHour, V> week(Map<WeekHour, V> known, V none) {
    Map<WeekHour, V> week = new LinkedHashMap<>();
    for (int weekday = 1; weekday <= DAYS; weekday++) {
      for (int hour = 0; hour < HOURS; hour++) {
        WeekHour key = new WeekHour(weekday, hour);
        week.put(key, known.getOrDefault(key, none));
      }
    }
    return week;
  }

  /// Every day from the first to the last that is known, in order.
  static <V> Map<LocalDate, V> days(SortedMap<LocalDate, V> known, V none) {
    Map<LocalDate, V> days = new LinkedHashMap<>();
    if (known.isEmpty()) {
      return days;
    }
    LocalDate last = known.lastKey();
    LocalDate earliest = last.minusDays(MAX_DAYS - 1L);
    LocalDate first = known.firstKey().isBefore(earliest) ? earliest : known.firstKey();
    first
        .datesUntil(last.plusDays(1))
        .forEach(date -> days.put(date, known.getOrDefault(date, none)));
    return days;
  }
}
