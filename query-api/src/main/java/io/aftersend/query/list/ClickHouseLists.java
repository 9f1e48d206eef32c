package io.aftersend.query.list;

import io.aftersend.query.campaign.Rate;
import io.aftersend.query.clickhouse.ClickHouse;
import io.aftersend.query.period.Period;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Mailing lists over the tables and views of ClickHouse. Safe for any thread.
public final class ClickHouseLists implements ListReadModel, ListProfiles {
  /// More than the longest period has.
  private static final int MAX_DAYS = 10_000;

  private final ClickHouse clickHouse;

  public ClickHouseLists(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String EXISTS =
      """
      SELECT list
      FROM list_overview
      WHERE tenant = ? AND list = ?
      LIMIT 1
      """;

  @Override
  public boolean exists(String tenant, String list) {
    return !clickHouse
        .query(EXISTS, List.of(tenant, list), 1, row -> row.getString("list"))
        .isEmpty();
  }

  private static final String GROWTH =
      """
      SELECT numerator, denominator, value, counts, subscribed, unsubscribed, complained, departed,
        size_at_start, size_at_end
      FROM list_growth(period_start = ?, period_end = ?)
      WHERE tenant = ? AND list = ? AND metric = 'list_growth_rate'
      LIMIT 1
      """;

  @Override
  public Growth growth(String tenant, String list, Period period) {
    List<String> parameters =
        List.of(period.start().toString(), period.end().toString(), tenant, list);
    return clickHouse.query(GROWTH, parameters, 1, ClickHouseLists::growth).stream()
        .findFirst()
        .orElseGet(() -> new Growth(new Rate(0, 0, null, "all"), Moves.NONE, 0, 0));
  }

  private static final String PAGE =
      """
      SELECT list, name, numerator, denominator, value, counts, subscribed, unsubscribed, complained,
        departed, size_at_start, size_at_end
      FROM
      (
        SELECT list, numerator, denominator, value, counts, subscribed, unsubscribed, complained,
          departed, size_at_start, size_at_end
        FROM list_growth(period_start = ?, period_end = ?)
        WHERE tenant = ? AND metric = 'list_growth_rate' AND list > ?
        ORDER BY list
        LIMIT ?
      ) AS grown
      LEFT JOIN
      (
        SELECT list AS named_list, name
        FROM list_overview
        WHERE tenant = ?
      ) AS named ON list = named_list
      ORDER BY list
      LIMIT ?
      """;

  @Override
  public List<Row> after(String tenant, String after, Period period, int limit) {
    return clickHouse.query(
        PAGE,
        List.of(
            period.start().toString(),
            period.end().toString(),
            tenant,
            after,
            limit,
            tenant,
            limit),
        limit,
        row -> {
          String name = row.getString("name");
          return new Row(row.getString("list"), name.isEmpty() ? null : name, growth(row));
        });
  }

  private static Growth growth(ResultSet row) throws SQLException {
    double value = row.getDouble("value");
    boolean isMeant = !row.wasNull();
    Rate rate =
        new Rate(
            row.getLong("numerator"),
            row.getLong("denominator"),
            isMeant ? BigDecimal.valueOf(value) : null,
            row.getString("counts"));
    return new Growth(rate, moves(row), row.getLong("size_at_start"), row.getLong("size_at_end"));
  }

  private static final String DAYS =
      """
      SELECT toString(date) AS day, subscribed, unsubscribed, complained, departed
      FROM list_daily(zone = ?, period_start = ?, period_end = ?)
      WHERE tenant = ? AND list = ?
      ORDER BY date
      LIMIT 10000
      """;

  @Override
  public SortedMap<LocalDate, Moves> days(String tenant, String list, Period period, String zone) {
    SortedMap<LocalDate, Moves> days = new TreeMap<>();
    clickHouse.query(
        DAYS,
        List.of(zone, period.start().toString(), period.end().toString(), tenant, list),
        MAX_DAYS,
        row -> days.put(LocalDate.parse(row.getString("day")), moves(row)));
    return days;
  }

  private static Moves moves(ResultSet row) throws SQLException {
    return new Moves(
        row.getLong("subscribed"),
        row.getLong("unsubscribed"),
        row.getLong("complained"),
        row.getLong("departed"));
  }

  private static final String CURRENT =
      """
      SELECT list, name, size, toUnixTimestamp64Milli(as_of) AS as_of_ms, version
      FROM lists FINAL
      WHERE tenant = ? AND list = ?
      LIMIT 1
      """;

  @Override
  public @Nullable Stored current(String tenant, String list) {
    List<Stored> rows =
        clickHouse.query(CURRENT, List.of(tenant, list), 1, ClickHouseLists::stored);
    return rows.isEmpty() ? null : rows.getFirst();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    String name = row.getString("name");
    Long size = number(row, "size");
    Long asOfMs = number(row, "as_of_ms");
    return new Stored(
        new ListProfile(
            row.getString("list"),
            name.isEmpty() ? null : name,
            size,
            asOfMs == null ? null : Instant.ofEpochMilli(asOfMs)),
        row.getLong("version"));
  }

  private static @Nullable Long number(ResultSet row, String column) throws SQLException {
    long number = row.getLong(column);
    return row.wasNull() ? null : Long.valueOf(number);
  }

  private static final String STORE =
      """
      INSERT INTO lists (tenant, list, name, size, as_of, version)
      VALUES (?, ?, ?, ?, parseDateTime64BestEffortOrNull(?, 3, 'UTC'), ?)
      """;

  @Override
  public void store(String tenant, Stored stored) {
    ListProfile profile = stored.profile();
    Instant asOf = profile.asOf();
    clickHouse.insert(
        STORE,
        Arrays.asList(
            tenant,
            profile.list(),
            Objects.requireNonNullElse(profile.name(), ""),
            profile.size(),
            asOf == null ? null : asOf.toString(),
            stored.version()));
  }
}
