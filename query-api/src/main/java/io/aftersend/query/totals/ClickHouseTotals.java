package io.aftersend.query.totals;

import io.aftersend.query.campaign.CampaignReadModel;
import io.aftersend.query.campaign.EventCounts;
import io.aftersend.query.campaign.Rate;
import io.aftersend.query.clickhouse.ClickHouse;
import io.aftersend.query.clickhouse.SideBySide;
import io.aftersend.query.period.Period;
import io.aftersend.query.timeline.EventSums;
import io.aftersend.query.totals.TotalsReadModel.Page;
import io.aftersend.query.totals.TotalsReadModel.PeriodTotal;
import io.aftersend.query.totals.TotalsReadModel.Total;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Totals over the views of ClickHouse. Safe for any thread.
public final class ClickHouseTotals implements TotalsReadModel {
  /// More than there are types of events, metrics or currencies of one value.
  private static final int MAX_PARTS = 200;

  private final ClickHouse clickHouse;

  public ClickHouseTotals(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String VALUES =
      """
      SELECT DISTINCT value
      FROM total_counts(by = ?, of_tenant = ?)
      WHERE ? = 1 OR value > ?
      ORDER BY value
      LIMIT ?
      """;

  private static final String COUNTS =
      """
      SELECT value, type, total, unique, human_total, human_unique
      FROM total_counts(by = ?, of_tenant = ?)
      WHERE value >= ? AND value <= ?
        AND type IN ('sent', 'delivered', 'bounced', 'opened', 'clicked', 'replied', 'converted',
          'unsubscribed', 'complained')
      LIMIT ?
      """;

  private static final String RATES =
      """
      SELECT group_value, metric, numerator, denominator, ratio, counts, currency
      FROM total_rates(by = ?, of_tenant = ?)
      WHERE group_value >= ? AND group_value <= ?
      ORDER BY group_value, metric, currency
      LIMIT ?
      """;

  private static final String REVENUE =
      """
      SELECT value, currency, revenue
      FROM total_revenue(by = ?, of_tenant = ?)
      WHERE value >= ? AND value <= ?
      LIMIT ?
      """;

  @Override
  public List<Total> whole(Page page) {
    List<String> values =
        clickHouse.query(
            VALUES,
            List.of(
                page.by(),
                page.tenant(),
                page.after() == null ? 1 : 0,
                page.after() == null ? "" : page.after(),
                page.limit()),
            page.limit(),
            row -> row.getString("value"));
    if (values.isEmpty()) {
      return List.of();
    }
    // A value may have appeared between the queries: room for it costs nothing.
    int max = (page.limit() + 1) * MAX_PARTS;
    List<Object> range =
        List.of(page.by(), page.tenant(), values.getFirst(), values.getLast(), max);
    try (SideBySide questions = new SideBySide()) {
      Supplier<Map<String, Map<String, EventCounts>>> asked =
          questions.ask(() -> counts(range, max));
      Supplier<Map<String, List<Rate>>> rates = questions.ask(() -> rates(range, max));
      Supplier<Map<String, SortedMap<String, BigDecimal>>> revenue =
          questions.ask(() -> revenue(range, max));
      Map<String, Map<String, EventCounts>> counts = asked.get();
      return values.stream()
          .map(
              value ->
                  new Total(
                      value,
                      inOrder(counts.getOrDefault(value, Map.of())),
                      rates.get().getOrDefault(value, List.of()),
                      revenue.get().getOrDefault(value, new TreeMap<>())))
          .toList();
    }
  }

  private Map<String, Map<String, EventCounts>> counts(List<Object> range, int max) {
    Map<String, Map<String, EventCounts>> counts = new HashMap<>();
    clickHouse.query(
        COUNTS,
        range,
        max,
        row -> {
          EventCounts read = EventCounts.read(row);
          return counts
              .computeIfAbsent(row.getString("value"), value -> new HashMap<>())
              .put(read.type(), read);
        });
    return counts;
  }

  private Map<String, List<Rate>> rates(List<Object> range, int max) {
    Map<String, List<Rate>> rates = new HashMap<>();
    clickHouse.query(
        RATES,
        range,
        max,
        row ->
            rates
                .computeIfAbsent(row.getString("group_value"), value -> new ArrayList<>())
                .add(rate(row)));
    return rates;
  }

  private Map<String, SortedMap<String, BigDecimal>> revenue(List<Object> range, int max) {
    Map<String, SortedMap<String, BigDecimal>> revenue = new HashMap<>();
    clickHouse.query(
        REVENUE,
        range,
        max,
        row ->
            revenue
                .computeIfAbsent(row.getString("value"), value -> new TreeMap<>())
                .put(row.getString("currency"), row.getBigDecimal("revenue")));
    return revenue;
  }

  private static List<EventCounts> inOrder(Map<String, EventCounts> counts) {
    return CampaignReadModel.MAIN_TYPES.stream()
        .map(type -> counts.getOrDefault(type, EventCounts.none(type)))
        .toList();
  }

  private static Rate rate(ResultSet row) throws SQLException {
    double value = row.getDouble("ratio");
    BigDecimal ratio = row.wasNull() ? null : BigDecimal.valueOf(value);
    return new Rate(
        row.getString("metric"),
        row.getBigDecimal("numerator"),
        row.getBigDecimal("denominator"),
        ratio,
        row.getString("counts"),
        row.getString("currency"));
  }

  private static final String PERIOD_VALUES =
      """
      SELECT DISTINCT value
      FROM period_totals(by = ?, of_tenant = ?, zone = ?, period_start = ?, period_end = ?)
      WHERE basis = ? AND (? = 1 OR value > ?)
      ORDER BY value
      LIMIT ?
      """;

  @Override
  public List<String> values(Page page, String basis, Period period, String zone) {
    return clickHouse.query(
        PERIOD_VALUES,
        List.of(
            page.by(),
            page.tenant(),
            zone,
            period.start().toString(),
            period.end().toString(),
            basis,
            page.after() == null ? 1 : 0,
            page.after() == null ? "" : page.after(),
            page.limit()),
        page.limit(),
        row -> row.getString("value"));
  }

  private static final String PERIOD_SUMS =
      """
      SELECT value, event, total, human_total, first
      FROM period_totals(by = ?, of_tenant = ?, zone = ?, period_start = ?, period_end = ?)
      WHERE basis = ? AND value >= ? AND value <= ?
      LIMIT ?
      """;

  @Override
  public List<PeriodTotal> inPeriod(
      Page page, List<String> values, String basis, Period period, String zone) {
    if (values.isEmpty()) {
      return List.of();
    }
    int max = (page.limit() + 1) * MAX_PARTS;
    Map<String, Map<String, EventSums>> sums = new HashMap<>();
    clickHouse.query(
        PERIOD_SUMS,
        List.of(
            page.by(),
            page.tenant(),
            zone,
            period.start().toString(),
            period.end().toString(),
            basis,
            values.getFirst(),
            values.getLast(),
            max),
        max,
        row ->
            sums.computeIfAbsent(row.getString("value"), value -> new HashMap<>())
                .put(row.getString("event"), EventSums.read(row)));
    return values.stream()
        .map(value -> new PeriodTotal(value, sums.getOrDefault(value, Map.of())))
        .toList();
  }
}
