package io.aftersend.query.click;

import io.aftersend.query.clickhouse.ClickHouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Links over the view of ClickHouse. Safe for any thread.
public final class ClickHouseLinks implements LinkReadModel {
  private final ClickHouse clickHouse;

  public ClickHouseLinks(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String PAGE =
      """
      SELECT link, unnamed_url, url, urls, total, unique, human_total, human_unique,
        toUnixTimestamp64Milli(first_click) AS first_ms,
        toUnixTimestamp64Milli(last_click) AS last_ms,
        toUnixTimestamp64Milli(first_human_click) AS first_human_ms,
        toUnixTimestamp64Milli(last_human_click) AS last_human_ms
      FROM links_of_campaign(of_tenant = ?, of_campaign = ?)
      WHERE (link, unnamed_url) > (?, ?)
      ORDER BY link, unnamed_url
      LIMIT ?
      """;

  @Override
  public List<LinkClicks> after(String tenant, String campaign, LinkPlace after, int limit) {
    return clickHouse.query(
        PAGE,
        List.of(tenant, campaign, after.link(), after.unnamedUrl(), limit),
        limit,
        ClickHouseLinks::clicks);
  }

  private static LinkClicks clicks(ResultSet row) throws SQLException {
    return new LinkClicks(
        new LinkPlace(row.getString("link"), row.getString("unnamed_url")),
        row.getString("url"),
        row.getLong("urls"),
        row.getLong("total"),
        row.getLong("unique"),
        row.getLong("human_total"),
        row.getLong("human_unique"),
        Instant.ofEpochMilli(row.getLong("first_ms")),
        Instant.ofEpochMilli(row.getLong("last_ms")),
        instant(row, "first_human_ms"),
        instant(row, "last_human_ms"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long ms = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(ms);
  }
}
