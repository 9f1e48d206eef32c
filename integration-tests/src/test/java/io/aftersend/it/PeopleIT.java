package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Mailboxes, recipients and signals from the posted event to the answer of the API; expected
/// numbers are worked out by hand.
@ExtendWith(RunningUp.class)
class PeopleIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private static int added;

  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(5));
  private final Client client;

  /// A tenant of its own: other tests have more recipients than a page shows.
  PeopleIT(Up up) {
    AftersendProcess tenant =
        AftersendProcess.start(
            up.directory(), up.settings(), "tenant", "add", "people-" + added++, "--json");
    assertThat(tenant.awaitEnd()).as(tenant.outputText()).isZero();
    ReadyLine ready = up.process().ready();
    client =
        Client.of(
            ready.field("edge"),
            ready.field("api"),
            ready.field("clickhouse"),
            Client.json(tenant.outputText()).get("key").asText());
    Await.untilAsserted(DEADLINE, () -> client.getJson("/mailboxes"));
  }

  /// Until the edge knows the tenant, nothing is taken.
  private void post(List<Map<String, Object>> events) {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          client.post(events);
          return null;
        });
  }

  @Test
  void mailboxesTellHowLongMailWaited() {
    post(
        List.of(
            mail("received", "a", "t1", 0, Map.of("folder", "Inbox", "labels", List.of("vip"))),
            mail("sent", "b", "t1", 30, Map.of("counterparty", "bob")),
            mail("received", "c", "t2", 10, Map.of("folder", "Inbox")),
            mail("sent", "d", "t2", 130, Map.of()),
            mail("received", "e", "t3", 20, Map.of("auto_reply", true)),
            mail("received", "f", "t2", 200, Map.of())));
    Await.untilAsserted(
        DEADLINE,
        () -> {
          expectMailbox();
          return null;
        });
  }

  /// Counters, mails and their slices lie in tables of their own: none of them comes before another
  /// for certain.
  private void expectMailbox() {
    JsonNode whole = mailbox();
    assertThat(whole.path("received").asInt()).isEqualTo(4);
    assertThat(whole.path("answered").asInt()).isEqualTo(2);
    assertThat(whole.path("median_seconds").asInt()).isEqualTo(7_200);
    assertThat(whole.path("sent").asInt()).isEqualTo(2);
    assertThat(whole.path("auto_received").asInt()).isEqualTo(1);
    assertThat(whole.path("under_hour").asDouble()).isEqualTo(0.5);
    assertThat(whole.path("answered_rate").asDouble()).isEqualTo(2 / 3.0);

    assertHours("received", List.of(0, 10, 20, 200));
    assertHours("sent", List.of(30, 130));

    JsonNode slices = client.getJson("/mailboxes/people-ann").path("slices");
    assertThat(slices).hasSize(3);
    assertThat(slices.get(0).path("dimension").isNull()).isTrue();
    assertThat(slices.get(1).path("value").asText()).isEqualTo("Inbox");
    assertThat(slices.get(1).path("answered").asInt()).isEqualTo(2);
    assertThat(slices.get(2).path("value").asText()).isEqualTo("vip");
    assertThat(slices.get(2).path("median_seconds").asInt()).isEqualTo(1_800);

    JsonNode followUp = client.getJson("/mailboxes/people-ann/unanswered").path("unanswered");
    assertThat(followUp).hasSize(1);
    assertThat(followUp.get(0).path("counterparty").asText()).isEqualTo("bob");
    JsonNode toDo =
        client.getJson("/mailboxes/people-ann/unanswered?direction=received").path("unanswered");
    assertThat(toDo).hasSize(1);
    assertThat(toDo.get(0).path("thread").asText()).isEqualTo("t2");
  }

  /// The hours of mails that happened at these minutes, told by java.time.
  private void assertHours(String event, List<Integer> minutes) {
    ZoneId zone = ZoneId.of("Asia/Kathmandu");
    Map<String, Integer> expected = new HashMap<>();
    for (int minute : minutes) {
      ZonedDateTime time = minute(minute).atZone(zone);
      expected.merge(time.getDayOfWeek().getValue() + "." + time.getHour(), 1, Integer::sum);
    }
    Map<String, Integer> found = new HashMap<>();
    for (JsonNode cell :
        client
            .getJson("/mailboxes/people-ann/heatmap?zone=Asia/Kathmandu&event=" + event)
            .path("cells")) {
      if (cell.path("total").asInt() > 0) {
        found.put(
            cell.path("weekday").asInt() + "." + cell.path("hour").asInt(),
            cell.path("total").asInt());
      }
    }
    assertThat(found).isEqualTo(expected);
  }

  @Test
  void recipientsAndSignalsFollowWhatAPersonDoes() {
    post(
        List.of(
            event("sent", "s1", 0),
            event("opened", "o1", 60),
            event("opened", "o2", 120),
            event("opened", "o3", 180),
            event("clicked", "c1", 181),
            event("replied", "r1", 300)));
    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode row =
              rowOf("/recipients?filter=engaged&limit=1000", "recipients", "recipient", "people-1");
          assertThat(row.path("sent").asInt()).isEqualTo(1);
          assertThat(row.path("opened_human_total").asInt()).isEqualTo(3);
          assertThat(row.path("clicked_human_unique").asInt()).isEqualTo(1);
          assertThat(row.path("replied").asInt()).isEqualTo(1);
          assertThat(row.path("engagement_rate").asDouble()).isEqualTo(1);
          assertThat(row.path("quiet_campaigns").asInt()).isZero();
          assertThat(row.path("last_open").asText()).isEqualTo(minute(180).toString());
          assertThat(signals()).containsExactlyInAnyOrder("opened_often", "clicked", "replied");
          // Rows of events may come later than numbers.
          assertThat(client.getJson("/recipients/people-1/timeline").path("events")).hasSize(6);
          return row;
        });
    JsonNode timeline = client.getJson("/recipients/people-1/timeline?limit=4");
    assertThat(timeline.path("events").findValuesAsText("type"))
        .containsExactly("sent", "opened", "opened", "opened");
    JsonNode rest =
        client.getJson(
            "/recipients/people-1/timeline?cursor=" + timeline.path("next_cursor").asText());
    assertThat(rest.path("events").findValuesAsText("type")).containsExactly("clicked", "replied");
  }

  private JsonNode mailbox() {
    return rowOf("/mailboxes?limit=1000", "mailboxes", "mailbox", "people-ann");
  }

  private List<String> signals() {
    return client
        .getJson("/signals?recipient=people-1&limit=10")
        .path("signals")
        .findValuesAsText("signal");
  }

  private JsonNode rowOf(String path, String table, String key, String value) {
    for (JsonNode row : client.getJson(path).path(table)) {
      if (row.path(key).asText().equals(value)) {
        return row;
      }
    }
    throw new AssertionError("expected a row of " + value + " in " + path);
  }

  private Map<String, Object> mail(
      String type, String id, String thread, int minute, Map<String, Object> more) {
    Map<String, Object> mail = new HashMap<>(more);
    mail.put("type", type);
    mail.put("event_id", "people-" + id);
    mail.put("mailbox", "people-ann");
    mail.put("thread", thread);
    mail.put("event_time", minute(minute).toString());
    return mail;
  }

  private Map<String, Object> event(String type, String id, int minute) {
    return Map.of(
        "type",
        type,
        "event_id",
        "people-" + id,
        "campaign",
        "people",
        "message",
        "people-m1",
        "recipient",
        "people-1",
        "event_time",
        minute(minute).toString());
  }

  private Instant minute(int minute) {
    return start.plus(Duration.ofMinutes(minute));
  }
}
