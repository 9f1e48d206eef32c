package io.aftersend.query.campaign;

import io.aftersend.query.clickhouse.ClickHouse;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Distributions of times over the views of ClickHouse. Safe for any thread.
public final class ClickHouseDistributions implements DistributionReadModel {
  /// More than there are metrics, beginnings and bounds.
  private static final int MAX_ROWS = 1_000;

  private final ClickHouse clickHouse;

  public ClickHouseDistributions(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String READ_TIME =
      """
      SELECT metric, numerator, denominator, value, counts
      FROM campaign_read_time
      WHERE tenant = ? AND campaign = ?
      LIMIT 1000
      """;

  @Override
  public List<Rate> readTime(String tenant, String campaign) {
    return clickHouse.query(
        READ_TIME,
        List.of(tenant, campaign),
        MAX_ROWS,
        row -> {
          double value = row.getDouble("value");
          BigDecimal ratio = row.wasNull() ? null : BigDecimal.valueOf(value);
          return new Rate(
              row.getString("metric"),
              BigDecimal.valueOf(row.getLong("numerator")),
              BigDecimal.valueOf(row.getLong("denominator")),
              ratio,
              row.getString("counts"),
              "");
        });
  }

  private static final String DELAYS =
      """
      SELECT metric, since, messages, median_seconds, p90_seconds
      FROM campaign_delays
      WHERE tenant = ? AND campaign = ?
      ORDER BY indexOf(['time_to_open', 'time_to_click', 'recipient_reply_time'], metric), since
      LIMIT 1000
      """;

  private static final String BARS =
      """
      SELECT metric, since, up_to_seconds, messages
      FROM campaign_delay_histogram
      WHERE tenant = ? AND campaign = ?
      ORDER BY up_to_seconds NULLS LAST
      LIMIT 1000
      """;

  @Override
  public List<Delays> delays(String tenant, String campaign) {
    Map<String, List<Bar>> bars = new HashMap<>();
    clickHouse.query(
        BARS,
        List.of(tenant, campaign),
        MAX_ROWS,
        row -> {
          long bound = row.getLong("up_to_seconds");
          Long upTo = row.wasNull() ? null : Long.valueOf(bound);
          return bars.computeIfAbsent(
                  row.getString("metric") + row.getString("since"), key -> new ArrayList<>())
              .add(new Bar(upTo, row.getLong("messages")));
        });
    return clickHouse.query(
        DELAYS,
        List.of(tenant, campaign),
        MAX_ROWS,
        row ->
            new Delays(
                row.getString("metric"),
                row.getString("since"),
                row.getLong("messages"),
                row.getDouble("median_seconds"),
                row.getDouble("p90_seconds"),
                bars.getOrDefault(row.getString("metric") + row.getString("since"), List.of())));
  }
}
