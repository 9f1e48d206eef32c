package io.aftersend.query.heatmap;

import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;

/// The reading side of heatmaps. Zone arithmetic is all in the database. Every method is safe for
/// any thread, and throws [io.aftersend.query.problem.ProblemException] when the database cannot
/// answer.
public interface HeatmapReadModel {
  /// Whose events are counted, and in which zone.
  ///
  /// @param zone an IANA name that the database knows
  /// @param isRecipientsOwn whether only recipients of that very zone are counted
  record Slice(String zone, boolean isRecipientsOwn) {}

  /// An hour of the week.
  ///
  /// @param weekday 1 = Monday to 7 = Sunday
  /// @param hour 0 to 23
  record WeekHour(int weekday, int hour) implements Comparable<WeekHour> {
    @Override
    public int compareTo(WeekHour other) {
      return Integer.compare(24 * weekday + hour, 24 * other.weekday + other.hour);
    }
  }

  /// Whether the database can reckon in the zone.
  boolean knowsZone(String zone);

  /// The zones of recipients with their counts; the empty zone is that of recipients whose zone is
  /// unknown.
  SortedMap<String, CellCounts> recipientZones(HeatmapQuestion question);

  /// The hours of the week that have anything, summed over the slices.
  SortedMap<WeekHour, CellCounts> hourly(HeatmapQuestion question, List<Slice> slices);

  /// The calendar days that have anything, summed over the slices; of very many the latest.
  SortedMap<LocalDate, CellCounts> daily(HeatmapQuestion question, List<Slice> slices);
}
