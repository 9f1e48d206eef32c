package io.aftersend.query.heatmap;

import io.aftersend.query.clickhouse.ClickHouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Heatmaps over the views of ClickHouse. Safe for any thread.
public final class ClickHouseHeatmaps implements HeatmapReadModel {
  /// More than the IANA database has zones.
  private static final int MAX_ZONES = 1_000;

  private static final int HOURS_OF_WEEK = 7 * 24;

  /// Days of one slice: more than a century, so that a limit stands which no campaign reaches.
  private static final int MAX_DAYS = 40_000;

  private final ClickHouse clickHouse;
  private final Set<String> knownZones = ConcurrentHashMap.newKeySet();

  public ClickHouseHeatmaps(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String ZONE =
      """
      SELECT time_zone
      FROM system.time_zones
      WHERE time_zone = ?
      LIMIT 1
      """;

  @Override
  public boolean knowsZone(String zone) {
    if (knownZones.contains(zone)) {
      return true;
    }
    boolean isKnown =
        !clickHouse.query(ZONE, List.of(zone), 1, row -> row.getString("time_zone")).isEmpty();
    if (isKnown) {
      knownZones.add(zone);
    }
    return isKnown;
  }

  private static final String RECIPIENT_ZONES =
      """
      SELECT recipient_zone, sum(total) AS total_events, sum(human_total) AS human_events,
        sum(first) AS first_messages
      FROM heatmap_counted_buckets
      WHERE tenant = ? AND campaign = ? AND event = ? AND basis = ?
      GROUP BY recipient_zone
      ORDER BY recipient_zone
      LIMIT 1000
      """;

  @Override
  public SortedMap<String, CellCounts> recipientZones(HeatmapQuestion question) {
    SortedMap<String, CellCounts> zones = new TreeMap<>();
    clickHouse.query(
        RECIPIENT_ZONES,
        List.of(question.tenant(), question.campaign(), question.event(), question.basis()),
        MAX_ZONES,
        row -> zones.put(row.getString("recipient_zone"), counts(row)));
    return zones;
  }

  private static final String HOURLY =
      """
      SELECT weekday, hour, sum(total) AS total_events, sum(human_total) AS human_events,
        sum(first) AS first_messages
      FROM heatmap_hourly(zone = ?)
      WHERE tenant = ? AND campaign = ? AND event = ? AND basis = ?
        AND (? = '' OR recipient_zone = ?)
      GROUP BY weekday, hour
      ORDER BY weekday, hour
      LIMIT 168
      """;

  @Override
  public SortedMap<WeekHour, CellCounts> hourly(HeatmapQuestion question, List<Slice> slices) {
    SortedMap<WeekHour, CellCounts> cells = new TreeMap<>();
    for (Slice slice : slices) {
      clickHouse.query(
          HOURLY,
          parameters(question, slice),
          HOURS_OF_WEEK,
          row -> {
            WeekHour hour = new WeekHour(row.getInt("weekday"), row.getInt("hour"));
            return cells.merge(hour, counts(row), CellCounts::plus);
          });
    }
    return cells;
  }

  private static final String DAILY =
      """
      SELECT toString(date) AS day, sum(total) AS total_events, sum(human_total) AS human_events,
        sum(first) AS first_messages
      FROM heatmap_daily(zone = ?)
      WHERE tenant = ? AND campaign = ? AND event = ? AND basis = ?
        AND (? = '' OR recipient_zone = ?)
      GROUP BY date
      ORDER BY date DESC
      LIMIT 40000
      """;

  @Override
  public SortedMap<LocalDate, CellCounts> daily(HeatmapQuestion question, List<Slice> slices) {
    SortedMap<LocalDate, CellCounts> cells = new TreeMap<>();
    for (Slice slice : slices) {
      clickHouse.query(
          DAILY,
          parameters(question, slice),
          MAX_DAYS,
          row -> cells.merge(LocalDate.parse(row.getString("day")), counts(row), CellCounts::plus));
    }
    return cells;
  }

  private static List<String> parameters(HeatmapQuestion question, Slice slice) {
    String only = slice.isRecipientsOwn() ? slice.zone() : "";
    return List.of(
        slice.zone(),
        question.tenant(),
        question.campaign(),
        question.event(),
        question.basis(),
        only,
        only);
  }

  private static CellCounts counts(ResultSet row) throws SQLException {
    return new CellCounts(
        row.getLong("total_events"), row.getLong("human_events"), row.getLong("first_messages"));
  }
}
