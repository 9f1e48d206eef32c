package io.aftersend.query.accounting;

import io.aftersend.query.accounting.LaneBalance.EdgePart;
import io.aftersend.query.accounting.LaneBalance.ProcessorPart;
import io.aftersend.query.clickhouse.ClickHouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The accounting over the views of ClickHouse. Safe for any thread.
public final class ClickHouseAccounting implements AccountingReadModel {
  /// Decades of an edge that starts every day.
  private static final int MAX_LANES = 100_000;

  private final ClickHouse clickHouse;

  public ClickHouseAccounting(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<LaneBalance> lanes() {
    // A row comes before the word that it is stored: read after it, no row of it is on its way.
    List<LaneBalance> lanes = read();
    Map<String, Long> rows = rows();
    return lanes.stream()
        .map(
            lane ->
                lane.storedRows() == null
                    ? lane
                    : lane.withStoredRows(rows.getOrDefault(laneKey(lane), 0L)))
        .toList();
  }

  @Override
  public List<LaneBalance> lanesWithoutRows() {
    return read().stream().map(LaneBalance::withoutStoredRows).toList();
  }

  private List<LaneBalance> read() {
    return clickHouse.query(LANES, List.of(), MAX_LANES, ClickHouseAccounting::lane);
  }

  private static final String LANES =
      """
      SELECT journal, lane, edge, highest, acknowledged, waiting, edge_drop_reasons, resent_by_edge,
        lag_bytes, lag_ms, missing_at_edge, stored, repeats, processor_drop_reasons, resent, missing,
        toUnixTimestamp64Milli(edge_time) AS edge_time_ms,
        toUnixTimestamp64Milli(processor_time) AS processor_time_ms,
        stored = 0 OR ifNull(first_expiry > today(), false) AS has_all_rows
      FROM accounting_balance
      ORDER BY greatest(ifNull(edge_time_ms, 0), ifNull(processor_time_ms, 0)) DESC, journal, lane
      LIMIT 100001
      """;

  private static final String ROWS =
      """
      SELECT journal, lane, stored_rows
      FROM accounting_rows
      WHERE journal IN (SELECT journal FROM accounting WHERE first_expiry > today())
      LIMIT 100001
      """;

  private Map<String, Long> rows() {
    Map<String, Long> rows = new HashMap<>();
    clickHouse.query(
        ROWS,
        List.of(),
        MAX_LANES,
        row ->
            rows.put(
                laneKey(row.getString("journal"), row.getInt("lane")), row.getLong("stored_rows")));
    return rows;
  }

  private static String laneKey(LaneBalance lane) {
    return laneKey(lane.journal(), lane.lane());
  }

  private static String laneKey(String journal, int lane) {
    return journal + "|" + lane;
  }

  /// The lane, its rows not counted yet where they should be there.
  private static LaneBalance lane(ResultSet row) throws SQLException {
    EdgePart edge =
        new EdgePart(
            row.getString("edge"),
            instant(row, "edge_time_ms"),
            row.getLong("highest"),
            row.getLong("acknowledged"),
            row.getLong("waiting"),
            counts(row, "edge_drop_reasons"),
            row.getLong("resent_by_edge"),
            row.getLong("lag_bytes"),
            row.getLong("lag_ms"));
    ProcessorPart processor =
        new ProcessorPart(
            instant(row, "processor_time_ms"),
            row.getLong("stored"),
            row.getLong("repeats"),
            counts(row, "processor_drop_reasons"),
            row.getLong("resent"));
    return new LaneBalance(
        row.getString("journal"),
        row.getInt("lane"),
        edge,
        processor,
        row.getLong("missing_at_edge"),
        row.getLong("missing"),
        row.getBoolean("has_all_rows") ? 0L : null);
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long timeMs = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(timeMs);
  }

  private static Map<String, Long> counts(ResultSet row, String column) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    if (row.getObject(column) instanceof Map<?, ?> map) {
      map.forEach((key, count) -> counts.put(String.valueOf(key), ((Number) count).longValue()));
    }
    return counts;
  }
}
