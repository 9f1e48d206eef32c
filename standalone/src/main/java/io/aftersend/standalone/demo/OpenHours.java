package io.aftersend.standalone.demo;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Opens by the hour of the week in one zone, counted by hand: what the heatmap must show. For one
/// thread.
final class OpenHours {
  /// A zone whose hours begin at a half, so that whole UTC hours would not do.
  static final ZoneId ZONE = ZoneId.of("Asia/Tehran");

  private static final int HOURS = 7 * 24;

  private final long[] all = new long[HOURS];
  private final long[] human = new long[HOURS];
  private final Map<Integer, Instant> firstHuman = new HashMap<>();
  private final BitSet uncertain = new BitSet();

  /// The hours of one week, each the sum over all weeks.
  ///
  /// @param total opens by `(weekday - 1) * 24 + hour`, Monday first
  /// @param first messages whose first human open was in that hour
  /// @param uncertain hours of which a live hit may have fallen into a neighbour
  record Week(List<Long> total, List<Long> first, BitSet uncertain) {
    Week {
      total = List.copyOf(total);
      first = List.copyOf(first);
    }
  }

  void count(int message, Instant at, boolean isHuman) {
    int hour = hourOfWeek(at);
    all[hour]++;
    if (isHuman) {
      human[hour]++;
      firstHuman.merge(message, at, (a, b) -> a.isBefore(b) ? a : b);
    }
  }

  /// Notes that a hit was recorded at some time from `from` to `to`.
  void markUncertain(Instant from, Instant to) {
    if (hourOfWeek(from) != hourOfWeek(to)) {
      uncertain.set(hourOfWeek(from));
      uncertain.set(hourOfWeek(to));
    }
  }

  Week week(boolean isHumanOnly) {
    long[] first = new long[HOURS];
    firstHuman.values().forEach(at -> first[hourOfWeek(at)]++);
    return new Week(boxed(isHumanOnly ? human : all), boxed(first), (BitSet) uncertain.clone());
  }

  private static List<Long> boxed(long[] hours) {
    return Arrays.stream(hours).boxed().toList();
  }

  static int hourOfWeek(Instant at) {
    ZonedDateTime local = at.atZone(ZONE);
    return (local.getDayOfWeek().getValue() - 1) * 24 + local.getHour();
  }
}
