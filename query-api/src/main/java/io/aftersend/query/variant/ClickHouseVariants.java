package io.aftersend.query.variant;

import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.campaign.EventCounts;
import io.aftersend.query.campaign.Rate;
import io.aftersend.query.clickhouse.ClickHouse;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Arms over the views of ClickHouse. Safe for any thread.
public final class ClickHouseVariants implements VariantReadModel {
  /// More than there are types of events, or metrics.
  private static final int MAX_PARTS = 100;

  private final ClickHouse clickHouse;

  public ClickHouseVariants(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String VARIANTS =
      """
      SELECT dimension_value
      FROM campaign_counts_by_dimension
      WHERE tenant = ? AND campaign = ? AND dimension = 'variant'
      GROUP BY dimension_value
      ORDER BY dimension_value
      LIMIT ?
      """;

  private static final String COUNTS =
      """
      SELECT dimension_value, type, total, unique, human_total, human_unique
      FROM campaign_counts_by_dimension
      WHERE tenant = ? AND campaign = ? AND dimension = 'variant' AND dimension_value <= ?
      LIMIT ?
      """;

  private static final String RATES =
      """
      SELECT dimension_value, metric, numerator, denominator, value, counts
      FROM campaign_rates_by_dimension
      WHERE tenant = ? AND campaign = ? AND dimension = 'variant' AND dimension_value <= ?
      LIMIT ?
      """;

  @Override
  public List<Arm> arms(String tenant, String campaign, int limit) {
    List<String> variants =
        clickHouse.query(
            VARIANTS,
            List.of(tenant, campaign, limit),
            limit,
            row -> row.getString("dimension_value"));
    if (variants.isEmpty()) {
      return List.of();
    }
    int max = (limit + 1) * MAX_PARTS;
    List<Object> range = List.of(tenant, campaign, variants.getLast(), max);
    Map<String, Map<String, EventCounts>> counts = new HashMap<>();
    clickHouse.query(
        COUNTS,
        range,
        max,
        row -> {
          EventCounts read = EventCounts.read(row);
          return counts
              .computeIfAbsent(row.getString("dimension_value"), variant -> new HashMap<>())
              .put(read.type(), read);
        });
    Map<String, List<Rate>> rates = new HashMap<>();
    clickHouse.query(
        RATES,
        range,
        max,
        row ->
            rates
                .computeIfAbsent(row.getString("dimension_value"), variant -> new ArrayList<>())
                .add(rate(row)));
    return variants.stream()
        .map(
            variant ->
                new Arm(
                    variant,
                    inOrder(counts.getOrDefault(variant, Map.of())),
                    rates.getOrDefault(variant, List.of())))
        .toList();
  }

  private static List<EventCounts> inOrder(Map<String, EventCounts> counts) {
    return CampaignReadModel.MAIN_TYPES.stream()
        .map(type -> counts.getOrDefault(type, EventCounts.none(type)))
        .toList();
  }

  private static Rate rate(ResultSet row) throws SQLException {
    double value = row.getDouble("value");
    BigDecimal ratio = row.wasNull() ? null : BigDecimal.valueOf(value);
    return new Rate(
        row.getString("metric"),
        row.getBigDecimal("numerator"),
        row.getBigDecimal("denominator"),
        ratio,
        row.getString("counts"),
        "");
  }
}
