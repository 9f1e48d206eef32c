package io.aftersend.query.dimension;

import io.aftersend.query.campaign.EventCounts;
import io.aftersend.query.clickhouse.ClickHouse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Dimensions over the view of ClickHouse. Safe for any thread.
public final class ClickHouseDimensions implements DimensionReadModel {
  /// More than there are event types.
  private static final int MAX_TYPES = 100;

  private final ClickHouse clickHouse;

  public ClickHouseDimensions(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String PAGE =
      """
      SELECT dimension_value
      FROM campaign_counts_by_dimension
      WHERE tenant = ? AND campaign = ? AND dimension = ? AND (? = 1 OR dimension_value > ?)
      GROUP BY dimension_value
      ORDER BY dimension_value
      LIMIT ?
      """;

  private static final String PAGE_COUNTS =
      """
      SELECT dimension_value, type, total, unique, human_total, human_unique
      FROM campaign_counts_by_dimension
      WHERE tenant = ? AND campaign = ? AND dimension = ?
        AND dimension_value >= ? AND dimension_value <= ?
      ORDER BY dimension_value
      LIMIT ?
      """;

  @Override
  public List<ValueCounts> after(
      String tenant, String campaign, Dimension dimension, @Nullable String after, int limit) {
    String name = dimension.wireName();
    List<String> values =
        clickHouse.query(
            PAGE,
            List.of(
                tenant, campaign, name, after == null ? 1 : 0, after == null ? "" : after, limit),
            limit,
            row -> row.getString("dimension_value"));
    if (values.isEmpty()) {
      return List.of();
    }
    // A value may have appeared between the two queries: room for it costs nothing.
    int maxCounts = (limit + 1) * MAX_TYPES;
    Map<String, Map<String, EventCounts>> counts = new HashMap<>();
    clickHouse.query(
        PAGE_COUNTS,
        List.of(tenant, campaign, name, values.getFirst(), values.getLast(), maxCounts),
        maxCounts,
        row -> {
          EventCounts read = EventCounts.read(row);
          return counts
              .computeIfAbsent(row.getString("dimension_value"), value -> new HashMap<>())
              .put(read.type(), read);
        });
    return values.stream()
        .map(value -> counts(value, dimension, counts.getOrDefault(value, Map.of())))
        .toList();
  }

  private static ValueCounts counts(
      String value, Dimension dimension, Map<String, EventCounts> counts) {
    return new ValueCounts(
        value,
        dimension.types().stream()
            .map(type -> counts.getOrDefault(type, EventCounts.none(type)))
            .toList());
  }
}
