package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.analysts.LoadedClickHouse.Loaded;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The views of mailboxes; expected numbers are worked out by hand. Each test has a tenant of its
/// own.
@ExtendWith(LoadedClickHouse.class)
class MailboxViewsIT {
  private static final String JUNE =
      "(period_start = '2026-06-01 00:00:00', period_end = '2026-07-01 00:00:00')";

  private final Loaded loaded;

  MailboxViewsIT(Loaded loaded) {
    this.loaded = loaded;
  }

  @Test
  void responseTimesAreOfAnsweredMailThatPeopleWrote() {
    String tenant = "response";
    insertMails(
        List.of(
            received(tenant, "ann", "a", "2026-06-01 10:00:00", "2026-06-01 10:10:00"),
            received(tenant, "ann", "b", "2026-06-01 10:00:00", "2026-06-01 10:20:00"),
            received(tenant, "ann", "c", "2026-06-01 10:00:00", "2026-06-01 10:30:00"),
            received(tenant, "ann", "d", "2026-06-01 10:00:00", "2026-06-01 11:00:00"),
            received(tenant, "ann", "e", "2026-06-01 10:00:00", "2026-06-01 14:00:00"),
            received(tenant, "ann", "f", "2026-06-01 10:00:00", null),
            received(tenant, "ann", "g", "2026-05-31 23:59:59", "2026-06-01 00:00:09"),
            received(tenant, "bob", "h", "2026-06-30 23:00:00", "2026-07-02 23:00:00")));

    assertThat(response(tenant, "''"))
        .as("minutes 10, 20, 30, 60 and 240; bob's 2,880; the team's six")
        .containsExactly(
            "'' 6 3600.0 172800.0 3/6",
            "'ann' 5 1800.0 14400.0 3/5",
            "'bob' 1 172800.0 172800.0 0/1");
  }

  @Test
  void aLaterVersionTakesTheEarlierOnesPlace() {
    String tenant = "version";
    Map<String, Object> first = received(tenant, "ann", "a", "2026-06-01 10:00:00", null);
    Map<String, Object> second =
        received(tenant, "ann", "a", "2026-06-01 10:00:00", "2026-06-01 10:10:00");
    second.put("version", 2);
    insertMails(List.of(second));
    insertMails(List.of(first));

    assertThat(response(tenant, "''"))
        .containsExactly("'' 1 600.0 600.0 1/1", "'ann' 1 600.0 600.0 1/1");
  }

  @Test
  void responseTimesAreOfEachLabelAndFolder() {
    String tenant = "labels";
    Map<String, Object> vip =
        received(tenant, "ann", "a", "2026-06-01 10:00:00", "2026-06-01 10:10:00");
    vip.put("labels", List.of("vip", "sales", "vip"));
    vip.put("folder", "Inbox");
    Map<String, Object> other =
        received(tenant, "ann", "b", "2026-06-01 10:00:00", "2026-06-01 12:00:00");
    other.put("labels", List.of("sales"));
    insertMails(List.of(vip, other));

    assertThat(response(tenant, "'label'"))
        .as("quantiles take the upper of two")
        .containsExactly(
            "'' sales 2 7200.0 7200.0 1/2",
            "'' vip 1 600.0 600.0 1/1",
            "'ann' sales 2 7200.0 7200.0 1/2",
            "'ann' vip 1 600.0 600.0 1/1");
    assertThat(response(tenant, "'folder'"))
        .containsExactly("'' Inbox 1 600.0 600.0 1/1", "'ann' Inbox 1 600.0 600.0 1/1");
  }

  @Test
  void countsAddUpQuartersForMailboxAndTeam() {
    String tenant = "counts";
    insertQuarters(
        List.of(
            quarter(tenant, "ann", "2026-06-01 10:00:00", 3, 5, 1, 2),
            quarter(tenant, "ann", "2026-06-02 10:00:00", 1, 1, 1, 0),
            quarter(tenant, "bob", "2026-06-02 10:00:00", 0, 2, 0, 2),
            quarter(tenant, "bob", "2026-07-01 00:00:00", 9, 9, 9, 9)));

    assertThat(
            texts(
                "SELECT concat('\\'', mailbox, '\\' ', toString(sent), ' ', toString(received), ' ',"
                    + " toString(numerator), '/', toString(denominator)) AS text FROM mailbox_counts"
                    + JUNE
                    + " WHERE tenant = 'counts' AND dimension = '' ORDER BY mailbox"))
        .containsExactly("'' 4 8 4/6", "'ann' 4 6 2/4", "'bob' 0 2 2/2");
  }

  @Test
  void hoursAreThoseOfTheZone() {
    insertQuarters(List.of(quarter("hours", "ann", "2026-06-01 20:30:00", 1, 2, 0, 0)));

    assertThat(
            texts(
                "SELECT concat(toString(weekday), ' ', toString(hour), ' ', toString(sent), ' ',"
                    + " toString(received)) AS text FROM mailbox_hourly(zone = 'Asia/Tehran')"
                    + " WHERE tenant = 'hours'"))
        .as("20:30 on Monday in London is 0:00 on Tuesday in Tehran")
        .containsExactly("2 0 1 2");
    assertThat(
            texts(
                "SELECT toString(date) AS text FROM mailbox_daily(zone = 'Asia/Tehran')"
                    + " WHERE tenant = 'hours'"))
        .containsExactly("2026-06-02");
  }

  @Test
  void unansweredAreTheLastOfTheirConversation() {
    String tenant = "unanswered";
    Map<String, Object> auto = received(tenant, "ann", "c", "2026-06-01 12:00:00", null);
    auto.put("auto_reply", true);
    insertMails(
        List.of(
            sent(tenant, "ann", "a", "2026-06-01 10:00:00", null),
            sent(tenant, "ann", "b", "2026-06-01 11:00:00", null),
            auto,
            sent(tenant, "bob", "d", "2026-06-01 10:00:00", "2026-06-01 10:30:00"),
            received(tenant, "bob", "e", "2026-06-01 10:30:00", null)));

    assertThat(
            texts(
                "SELECT concat(mailbox, ' ', direction, ' ', event_id, ' ', toString(mails), ' ',"
                    + " formatDateTime(waiting_since, '%H:%i')) AS text FROM mailbox_unanswered"
                    + " WHERE tenant = 'unanswered' ORDER BY mailbox, direction"))
        .containsExactly("ann sent b 2 10:00", "bob received e 1 10:30");
  }

  @Test
  void recipientsAreRankedByWhatTheyReactedTo() {
    loaded
        .clickHouse()
        .insert(
            "recipient_engagement",
            List.of(
                recipient("few", 2, 2, 0, 1),
                recipient("many", 10, 4, 0, 1),
                recipient("never", 5, 0, 5, 1),
                recipient("never", 3, 0, 3, 0),
                recipient("fresh", 1, 0, 1, 1),
                recipient("unsent", 0, 1, 0, 1)));

    assertThat(
            texts(
                "SELECT concat(toString(place), ' ', recipient, ' ', toString(numerator), '/',"
                    + " toString(denominator), ' ', ifNull(toString(value), 'null')) AS text"
                    + " FROM recipient_ranking WHERE tenant = 'ranking' ORDER BY place"))
        .containsExactly(
            "1 many 4/10 0.4",
            "2 few 2/2 1",
            "3 unsent 1/0 null",
            "4 fresh 0/1 0",
            "5 never 0/5 0");
    assertThat(
            texts(
                "SELECT recipient AS text FROM recipients_without_reaction(campaigns = 3)"
                    + " WHERE tenant = 'ranking'"))
        .containsExactly("never");
  }

  private List<String> response(String tenant, String dimension) {
    return texts(
        "SELECT concat('\\'', mailbox, '\\' ', if(dimension = '', '', concat(dimension_value, ' ')),"
            + " toString(answered), ' ', toString(round(median_seconds)), '.0 ',"
            + " toString(round(p90_seconds)), '.0 ', toString(numerator), '/',"
            + " toString(denominator)) AS text FROM mailbox_response"
            + JUNE
            + " WHERE tenant = '%s' AND dimension = %s ORDER BY mailbox, dimension_value"
                .formatted(tenant, dimension));
  }

  private List<String> texts(String sql) {
    return loaded.clickHouse().query(sql).stream()
        .map((JsonNode row) -> row.path("text").asText())
        .toList();
  }

  private void insertMails(List<Map<String, Object>> rows) {
    loaded.clickHouse().insert("mailbox_mails", rows);
  }

  private void insertQuarters(List<Map<String, Object>> rows) {
    loaded.clickHouse().insert("mailbox_metrics", rows);
  }

  private static Map<String, Object> received(
      String tenant, String mailbox, String id, String time, @Nullable String answered) {
    return mail(tenant, mailbox, id, "received", time, answered);
  }

  private static Map<String, Object> sent(
      String tenant, String mailbox, String id, String time, @Nullable String answered) {
    return mail(tenant, mailbox, id, "sent", time, answered);
  }

  private static Map<String, Object> mail(
      String tenant,
      String mailbox,
      String id,
      String direction,
      String time,
      @Nullable String answered) {
    Map<String, Object> row = new HashMap<>();
    row.put("tenant", tenant);
    row.put("mailbox", mailbox);
    row.put("thread", "t1");
    row.put("event_id", id);
    row.put("direction", direction);
    row.put("event_time", time);
    row.put("answered_at", answered);
    row.put("expires_on", "2099-01-01");
    row.put("version", 1);
    return row;
  }

  private static Map<String, Object> quarter(
      String tenant, String mailbox, String start, int sent, int received, int auto, int answered) {
    return Map.of(
        "tenant", tenant,
        "mailbox", mailbox,
        "bucket_start", start,
        "sent", sent,
        "received", received,
        "auto_received", auto,
        "answered", answered,
        "version", 1);
  }

  private static Map<String, Object> recipient(
      String recipient, int sent, int reacted, int quiet, int version) {
    return Map.of(
        "tenant", "ranking",
        "recipient", recipient,
        "sent", sent,
        "reacted", reacted,
        "quiet_campaigns", quiet,
        "version", version);
  }
}
