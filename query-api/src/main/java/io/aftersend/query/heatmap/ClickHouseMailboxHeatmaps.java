package io.aftersend.query.heatmap;

import io.aftersend.query.clickhouse.ClickHouse;
import io.aftersend.query.heatmap.HeatmapReadModel.WeekHour;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Heatmaps of mailboxes over the views of ClickHouse. Safe for any thread.
public final class ClickHouseMailboxHeatmaps implements MailboxHeatmapReadModel {
  private static final int HOURS_OF_WEEK = 7 * 24;

  private final ClickHouse clickHouse;

  public ClickHouseMailboxHeatmaps(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  private static final String HOURLY =
      """
      SELECT weekday, hour, sent, received, replied
      FROM mailbox_hourly(zone = ?)
      WHERE tenant = ? AND mailbox = ? AND dimension = ''
      ORDER BY weekday, hour
      LIMIT 168
      """;

  @Override
  public SortedMap<WeekHour, Mails> hourly(Question question) {
    SortedMap<WeekHour, Mails> cells = new TreeMap<>();
    clickHouse.query(
        HOURLY,
        parameters(question),
        HOURS_OF_WEEK,
        row -> cells.put(new WeekHour(row.getInt("weekday"), row.getInt("hour")), mails(row)));
    return cells;
  }

  private static final String DAILY =
      """
      SELECT toString(date) AS day, sent, received, replied
      FROM mailbox_daily(zone = ?)
      WHERE tenant = ? AND mailbox = ? AND dimension = ''
      ORDER BY date DESC
      LIMIT 10000
      """;

  @Override
  public SortedMap<LocalDate, Mails> daily(Question question) {
    SortedMap<LocalDate, Mails> cells = new TreeMap<>();
    clickHouse.query(
        DAILY,
        parameters(question),
        Gapless.MAX_DAYS,
        row -> cells.put(LocalDate.parse(row.getString("day")), mails(row)));
    return cells;
  }

  private static List<String> parameters(Question question) {
    return List.of(question.zone(), question.tenant(), question.mailbox());
  }

  private static Mails mails(ResultSet row) throws SQLException {
    return new Mails(row.getLong("sent"), row.getLong("received"), row.getLong("replied"));
  }
}
