package io.aftersend.query.conversion;

import io.aftersend.query.clickhouse.ClickHouse;
import java.util.List;

/// Conversions over the views of ClickHouse. Safe for any thread.
public final class ClickHouseConversions implements ConversionReadModel {
  /// More than there are currencies, for every outcome.
  private static final int MAX_SUMS = 10_000;

  private final ClickHouse clickHouse;

  public ClickHouseConversions(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String SUMS =
      """
      SELECT outcome, currency, total, revenue
      FROM conversion_outcomes
      WHERE tenant = ?
      ORDER BY currency, outcome
      LIMIT 10000
      """;

  @Override
  public List<Sum> sums(String tenant) {
    return clickHouse.query(
        SUMS,
        List.of(tenant),
        MAX_SUMS,
        row ->
            new Sum(
                row.getString("outcome"),
                row.getString("currency"),
                row.getLong("total"),
                row.getBigDecimal("revenue")));
  }
}
