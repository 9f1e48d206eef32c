package io.aftersend.query.campaign;

import io.aftersend.query.clickhouse.ClickHouse;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The reading side of campaigns over the views of ClickHouse. Safe for any thread.
public final class ClickHouseCampaigns implements CampaignReadModel {
  /// More than there are event types.
  private static final int MAX_TYPES = 100;

  /// More than there are metrics.
  private static final int MAX_RATES = 200;

  private final ClickHouse clickHouse;
  private final CampaignPages pages;

  public ClickHouseCampaigns(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
    this.pages = new CampaignPages(clickHouse);
  }

  @Override
  public List<CampaignSummary> page(CampaignQuestion question) {
    return pages.page(question);
  }

  @Override
  public Map<String, Sparkline> sparklines(String tenant, List<String> campaigns, String event) {
    return pages.sparklines(tenant, campaigns, event);
  }

  private static final String EXISTS =
      """
      SELECT campaign
      FROM campaign_overview
      WHERE tenant = ? AND campaign = ?
      LIMIT 1
      """;

  @Override
  public boolean exists(String tenant, String campaign) {
    return !clickHouse
        .query(EXISTS, List.of(tenant, campaign), 1, row -> row.getString("campaign"))
        .isEmpty();
  }

  private static final String OVERVIEW =
      """
      SELECT campaign, name, subject, cost, currency, labels, list, count_source, revenue,
        counters['unchecked_total'] AS unchecked_events,
        counters['late_total'] AS late_events
      FROM campaign_overview
      WHERE tenant = ? AND campaign = ?
      LIMIT 1
      """;

  @Override
  public @Nullable CampaignOverview overview(String tenant, String campaign) {
    List<CampaignOverview> rows =
        clickHouse.query(
            OVERVIEW,
            List.of(tenant, campaign),
            1,
            row -> new CampaignOverview(profile(row), revenue(row), limits(row)));
    return rows.isEmpty() ? null : rows.getFirst();
  }

  private static final String COUNTS =
      """
      SELECT type, total, unique, human_total, human_unique
      FROM campaign_counts
      WHERE tenant = ? AND campaign = ?
      LIMIT 100
      """;

  @Override
  public List<EventCounts> counts(String tenant, String campaign) {
    return clickHouse.query(COUNTS, List.of(tenant, campaign), MAX_TYPES, EventCounts::read);
  }

  private static final String RATES =
      """
      SELECT metric, numerator, denominator, value, counts, currency
      FROM campaign_rates
      WHERE tenant = ? AND campaign = ?
      LIMIT 200
      """;

  @Override
  public List<Rate> rates(String tenant, String campaign) {
    return clickHouse.query(
        RATES,
        List.of(tenant, campaign),
        MAX_RATES,
        row -> {
          double value = row.getDouble("value");
          BigDecimal ratio = row.wasNull() ? null : BigDecimal.valueOf(value);
          return new Rate(
              row.getString("metric"),
              row.getBigDecimal("numerator"),
              row.getBigDecimal("denominator"),
              ratio,
              row.getString("counts"),
              row.getString("currency"));
        });
  }

  /// Also reads the same columns of the table `campaigns`.
  static CampaignProfile profile(ResultSet row) throws SQLException {
    List<String> labels = new ArrayList<>();
    for (Object label : (Object[]) row.getArray("labels").getArray()) {
      labels.add(label.toString());
    }
    return new CampaignProfile(
        row.getString("campaign"),
        nullIfEmpty(row.getString("name")),
        nullIfEmpty(row.getString("subject")),
        row.getBigDecimal("cost"),
        nullIfEmpty(row.getString("currency")),
        labels,
        nullIfEmpty(row.getString("list")),
        row.getString("count_source"));
  }

  private static CampaignLimits limits(ResultSet row) throws SQLException {
    return new CampaignLimits(row.getLong("unchecked_events"), row.getLong("late_events"));
  }

  private static Map<String, BigDecimal> revenue(ResultSet row) throws SQLException {
    Map<String, BigDecimal> revenue = new HashMap<>();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) row.getObject("revenue")).entrySet()) {
      revenue.put(entry.getKey().toString(), (BigDecimal) entry.getValue());
    }
    return revenue;
  }

  private static @Nullable String nullIfEmpty(String text) {
    return text.isEmpty() ? null : text;
  }
}
