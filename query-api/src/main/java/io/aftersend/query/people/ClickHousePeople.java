package io.aftersend.query.people;

import io.aftersend.query.clickhouse.ClickHouse;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Mailboxes, recipients and signals over the views of ClickHouse. Every query orders by
/// `place_number` and `place_text`. Safe for any thread.
public final class ClickHousePeople implements PeopleReadModel {
  private final ClickHouse clickHouse;

  public ClickHousePeople(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  @Override
  public List<Row> rows(PeopleTable table, Question question) {
    return clickHouse.query(
        sql(table), parameters(table, question), question.limit(), row -> row(table, row));
  }

  private static String sql(PeopleTable table) {
    return switch (table) {
      case MAILBOXES -> MAILBOXES;
      case MAILBOX -> MAILBOX;
      case UNANSWERED -> UNANSWERED;
      case RECIPIENTS -> RECIPIENTS;
      case TIMELINE -> TIMELINE;
      case SIGNALS -> SIGNALS;
    };
  }

  private static List<Object> parameters(PeopleTable table, Question question) {
    List<Object> parameters = new ArrayList<>();
    Place after = question.after();
    List<String> period =
        List.of(question.period().start().toString(), question.period().end().toString());
    List<Long> periodMs =
        List.of(question.period().start().toEpochMilli(), question.period().end().toEpochMilli());
    switch (table) {
      case MAILBOXES -> {
        for (int view = 0; view < 2; view++) {
          parameters.addAll(period);
          parameters.add(question.tenant());
        }
        parameters.add(after.text());
      }
      case MAILBOX -> {
        for (int view = 0; view < 2; view++) {
          parameters.addAll(period);
          parameters.addAll(List.of(question.tenant(), question.subject()));
        }
        parameters.addAll(List.of(after.number(), after.text()));
      }
      case UNANSWERED ->
          parameters.addAll(
              List.of(
                  question.tenant(),
                  question.subject(),
                  filter(question, "direction"),
                  after.number(),
                  after.text()));
      case RECIPIENTS -> {
        String filter = filter(question, "filter");
        parameters.addAll(
            List.of(
                question.tenant(),
                filter,
                filter,
                filter,
                Integer.valueOf(filter(question, "campaigns")),
                after.number()));
      }
      case TIMELINE -> {
        parameters.addAll(List.of(question.tenant(), question.subject()));
        parameters.addAll(periodMs);
        parameters.addAll(List.of(after.number(), after.text()));
      }
      case SIGNALS -> {
        parameters.add(question.tenant());
        for (String name : List.of("signal", "campaign", "recipient")) {
          parameters.add(filter(question, name));
          parameters.add(filter(question, name));
        }
        parameters.addAll(periodMs);
        parameters.addAll(List.of(after.number(), after.number(), after.text()));
      }
    }
    parameters.add(question.limit());
    return parameters;
  }

  private static String filter(Question question, String name) {
    return question.filters().getOrDefault(name, "");
  }

  private static final String NUMBERS =
      """
      c.sent AS sent, c.received AS received, c.auto_received AS auto_received,
        c.replied AS replied, c.answered AS answered, c.answered_within_hour AS answered_within_hour,
        c.value AS answered_rate, if(r.denominator = 0, NULL, r.median_seconds) AS median_seconds,
        if(r.denominator = 0, NULL, r.p90_seconds) AS p90_seconds,
        if(r.denominator = 0, NULL, r.value) AS under_hour
      """;

  private static final String MAILBOXES =
      "SELECT toInt64(0) AS place_number, c.mailbox AS place_text, c.mailbox AS mailbox, "
          + NUMBERS
          + """
          FROM
          (
            SELECT mailbox, sent, received, auto_received, replied, answered, answered_within_hour,
              value
            FROM mailbox_counts(period_start = ?, period_end = ?)
            WHERE tenant = ? AND dimension = ''
          ) AS c
          LEFT JOIN
          (
            SELECT mailbox, denominator, median_seconds, p90_seconds, value
            FROM mailbox_response(period_start = ?, period_end = ?)
            WHERE tenant = ? AND dimension = ''
          ) AS r ON c.mailbox = r.mailbox
          WHERE c.mailbox > ?
          ORDER BY place_text
          LIMIT ?
          """;

  private static final String MAILBOX =
      "SELECT toInt64(indexOf(['', 'folder', 'label'], c.dimension)) AS place_number,"
          + " c.dimension_value AS place_text, c.dimension AS dimension,"
          + " c.dimension_value AS value, "
          + NUMBERS
          + """
          FROM
          (
            SELECT dimension, dimension_value, sent, received, auto_received, replied, answered,
              answered_within_hour, value
            FROM mailbox_counts(period_start = ?, period_end = ?)
            WHERE tenant = ? AND mailbox = ?
          ) AS c
          LEFT JOIN
          (
            SELECT dimension, dimension_value, denominator, median_seconds, p90_seconds, value
            FROM mailbox_response(period_start = ?, period_end = ?)
            WHERE tenant = ? AND mailbox = ?
          ) AS r ON c.dimension = r.dimension AND c.dimension_value = r.dimension_value
          WHERE (place_number, place_text) > (?, ?)
          ORDER BY place_number, place_text
          LIMIT ?
          """;

  private static final String UNANSWERED =
      """
      SELECT toUnixTimestamp64Milli(waiting_since) AS place_number, thread AS place_text, thread,
        toUnixTimestamp64Milli(waiting_since) AS waiting_since_ms, mails,
        toUnixTimestamp64Milli(event_time) AS event_time_ms, event_id, message, counterparty, campaign
      FROM
      (
        SELECT thread, waiting_since, mails, event_time, event_id, message, counterparty, campaign
        FROM mailbox_unanswered
        WHERE tenant = ? AND mailbox = ? AND direction = ?
      )
      WHERE (place_number, place_text) > (?, ?)
      ORDER BY place_number, place_text
      LIMIT ?
      """;

  private static final String RECIPIENTS =
      """
      SELECT toInt64(place) AS place_number, '' AS place_text, recipient, place,
        denominator AS sent, numerator AS reacted, value AS engagement_rate, opened_human_total,
        opened_human_unique, clicked_human_total, clicked_human_unique, replied, unsubscribed,
        complained, quiet_campaigns, toUnixTimestamp64Milli(last_sent) AS last_sent_ms,
        toUnixTimestamp64Milli(last_open) AS last_open_ms,
        toUnixTimestamp64Milli(last_click) AS last_click_ms,
        toUnixTimestamp64Milli(last_reply) AS last_reply_ms
      FROM recipient_ranking
      WHERE tenant = ?
        AND (? = 'all' OR (? = 'engaged' AND numerator > 0)
          OR (? = 'quiet' AND quiet_campaigns >= ?))
        AND place_number > ?
      ORDER BY place_number
      LIMIT ?
      """;

  private static final String TIMELINE =
      """
      SELECT toUnixTimestamp64Milli(event_time) AS place_number,
        concat(message, '|', event_id) AS place_text,
        toUnixTimestamp64Milli(event_time) AS event_time_ms, type, campaign, message, event_id, verdict,
        link, url, client, device, country
      FROM recipient_events
      WHERE tenant = ? AND recipient = ? AND event_time_ms >= ? AND event_time_ms < ?
        AND (place_number, place_text) > (?, ?)
      ORDER BY place_number, place_text
      LIMIT ?
      """;

  private static final String SIGNALS =
      """
      SELECT toUnixTimestamp64Milli(raised_at) AS place_number, signal_id AS place_text, signal_id,
        signal, level, campaign, message, recipient, day,
        toUnixTimestamp64Milli(event_time) AS event_time_ms,
        toUnixTimestamp64Milli(raised_at) AS raised_at_ms, event_id, numerator, denominator, value
      FROM raised_signals
      WHERE tenant = ? AND (? = '' OR signal = ?) AND (? = '' OR campaign = ?)
        AND (? = '' OR recipient = ?) AND raised_at_ms >= ? AND raised_at_ms < ?
        AND (place_number < ? OR (place_number = ? AND place_text > ?))
      ORDER BY place_number DESC, place_text
      LIMIT ?
      """;

  private static Row row(PeopleTable table, ResultSet result) throws SQLException {
    List<@Nullable Object> cells = new ArrayList<>();
    for (Column column : table.columns()) {
      cells.add(cell(column, result));
    }
    return new Row(
        new Place(result.getLong("place_number"), result.getString("place_text")), cells);
  }

  private static @Nullable Object cell(Column column, ResultSet result) throws SQLException {
    String name = column.name();
    return switch (column.kind()) {
      case ID, TEXT -> nullIfEmpty(result.getString(name));
      case NUMBER -> {
        long number = result.getLong(name);
        yield result.wasNull() ? null : Long.valueOf(number);
      }
      case DECIMAL -> {
        double number = result.getDouble(name);
        yield result.wasNull() ? null : BigDecimal.valueOf(number);
      }
      case TIME -> {
        long ms = result.getLong(name + "_ms");
        yield result.wasNull() ? null : Instant.ofEpochMilli(ms);
      }
    };
  }

  private static @Nullable String nullIfEmpty(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }
}
