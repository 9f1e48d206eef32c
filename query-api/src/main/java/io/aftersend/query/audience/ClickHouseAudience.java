package io.aftersend.query.audience;

import io.aftersend.query.clickhouse.ClickHouse;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A campaign's mails over the event log of ClickHouse, which is ordered by campaign and message: a
/// page reads the messages of its own range only. Safe for any thread.
public final class ClickHouseAudience implements AudienceReadModel {
  /// Messages that are looked through at once for those with a trait.
  private static final int RANGE_MESSAGES = 20_000;

  /// Ranges that one request looks through.
  private static final int MAX_RANGES = 10;

  private final ClickHouse clickHouse;

  public ClickHouseAudience(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public Part mails(Question question) {
    List<Mail> mails = new ArrayList<>();
    MailPlace after = question.after();
    for (int range = 0; range < MAX_RANGES; range++) {
      int size = Math.max(question.limit() + 1, RANGE_MESSAGES);
      size = question.trait().equals("all") ? question.limit() + 1 : size;
      List<String> messages = messages(question, after.message(), size);
      if (messages.isEmpty()) {
        return new Part(mails, null);
      }
      String last = messages.getLast();
      int wanted = question.limit() + 1 - mails.size();
      mails.addAll(mails(question, after, last, wanted));
      if (mails.size() > question.limit()) {
        List<Mail> page = mails.subList(0, question.limit());
        return new Part(page, page.getLast().place());
      }
      if (messages.size() < size) {
        return new Part(mails, null);
      }
      after = MailPlace.behind(last);
    }
    return new Part(mails, after);
  }

  private static final String MESSAGES =
      """
      SELECT message
      FROM event_log
      WHERE tenant = ? AND campaign = ? AND message >= ?
      GROUP BY message
      ORDER BY message
      LIMIT ?
      SETTINGS optimize_aggregation_in_order = 1
      """;

  private List<String> messages(Question question, String from, int limit) {
    return clickHouse.query(
        MESSAGES,
        List.of(question.tenant(), question.campaign(), from, limit),
        limit,
        row -> row.getString("message"));
  }

  private static final String MAILS =
      """
      SELECT message, alone, recipient, account, variant, state,
        toUnixTimestamp64Milli(sent_at) AS sent_ms, opened_total, opened_human_total,
        toUnixTimestamp64Milli(first_open) AS first_open_ms, clicked_total, clicked_human_total,
        toUnixTimestamp64Milli(first_click) AS first_click_ms, replied, converted, unsubscribed,
        complained
      FROM campaign_recipients(of_tenant = ?, of_campaign = ?, first_message = ?, last_message = ?)
      WHERE (message, alone) > (?, ?) AND has(traits, ?)
      ORDER BY message, alone
      LIMIT ?
      """;

  private List<Mail> mails(Question question, MailPlace after, String last, int limit) {
    return clickHouse.query(
        MAILS,
        List.of(
            question.tenant(),
            question.campaign(),
            after.message(),
            last,
            after.message(),
            after.alone(),
            question.trait(),
            limit),
        limit,
        ClickHouseAudience::mail);
  }

  private static Mail mail(ResultSet row) throws SQLException {
    return new Mail(
        new MailPlace(row.getString("message"), row.getString("alone")),
        row.getString("recipient"),
        row.getString("account"),
        row.getString("variant"),
        row.getString("state"),
        instant(row, "sent_ms"),
        row.getLong("opened_total"),
        row.getLong("opened_human_total"),
        instant(row, "first_open_ms"),
        row.getLong("clicked_total"),
        row.getLong("clicked_human_total"),
        instant(row, "first_click_ms"),
        row.getLong("replied"),
        row.getLong("converted"),
        row.getLong("unsubscribed"),
        row.getLong("complained"));
  }

  private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    long ms = row.getLong(column);
    return row.wasNull() ? null : Instant.ofEpochMilli(ms);
  }
}
