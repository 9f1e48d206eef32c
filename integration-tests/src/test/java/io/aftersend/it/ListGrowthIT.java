package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The growth of mailing lists, from posted events to the API and the views.
@ExtendWith(RunningUp.class)
class ListGrowthIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  /// Midnight in UTC, 20 days ago.
  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(20));

  private final Client client;

  ListGrowthIT(Up up) {
    client = up.client();
  }

  @Test
  void workedExampleComesOutExactly() {
    tell(
        "worked", "{\"name\": \"Customers\", \"size\": 10000, \"as_of\": \"%s\"}".formatted(start));
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      events.add(
          event("subscribed", "worked", "new-" + i, start.plus(Duration.ofMinutes(30L * i))));
    }
    for (int i = 0; i < 100; i++) {
      String type = i < 70 ? "unsubscribed" : "complained";
      events.add(event(type, "worked", "old-" + i, start.plus(Duration.ofMinutes(97L * i))));
    }
    client.post(events);
    client.post(events);

    Await.untilAsserted(
        DEADLINE,
        () -> {
          expectWorkedExample();
          return null;
        });
  }

  private void expectWorkedExample() {
    JsonNode period = growth("worked", start, 12);
    assertThat(period.at("/counts/subscribed").asInt()).isEqualTo(500);
    assertThat(period.at("/rates/list_growth_rate"))
        .isEqualTo(
            Client.json(
                "{\"value\": 0.04, \"numerator\": 400, \"denominator\": 10000,"
                    + " \"counts\": \"all\"}"));
    JsonNode after = growth("worked", start.plus(Duration.ofDays(12)), 1);
    assertThat(after.at("/rates/list_growth_rate/denominator").asLong()).isEqualTo(10_400);
    assertThat(after.at("/rates/list_growth_rate/value").asDouble()).isZero();
    assertThat(
            client.query(
                "SELECT numerator, denominator, value FROM aftersend.list_growth(period_start = '"
                    + start
                    + "', period_end = '"
                    + start.plus(Duration.ofDays(12))
                    + "') WHERE list = 'worked'"))
        .containsExactly(List.of("400", "10000", "0.04"));
  }

  @Test
  void sizeThatWasToldLaterIsCarriedBack() {
    tell("back", "{\"size\": 90, \"as_of\": \"%s\"}".formatted(start.plus(Duration.ofDays(3))));
    client.post(
        List.of(
            event("unsubscribed", "back", "r1", start.plus(Duration.ofDays(1))),
            event("complained", "back", "r1", start.plus(Duration.ofDays(1))),
            event("subscribed", "back", "r2", start.plus(Duration.ofDays(2))),
            event("unsubscribed", "back", "r3", start.plus(Duration.ofDays(2)))));

    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode growth = growth("back", start, 5);
          assertThat(growth.at("/size_at_start").asLong()).isEqualTo(91);
          assertThat(growth.at("/size_at_end").asLong()).isEqualTo(90);
          assertThat(growth.at("/rates/list_growth_rate/numerator").asLong()).isEqualTo(-2);
          return growth;
        });
  }

  @Test
  void listOfEventsAloneCountsItsMembersByTheDaysOfAnyZone() {
    Instant lateInKathmandu = start.plus(Duration.ofMinutes(18 * 60 + 14));
    client.post(
        List.of(
            event("subscribed", "alone", "r1", lateInKathmandu),
            event("subscribed", "alone", "r2", lateInKathmandu.plus(Duration.ofMinutes(1)))));

    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode growth = growth("alone", start.plus(Duration.ofDays(2)), 1);
          assertThat(growth.at("/size_at_start").asLong()).isEqualTo(2);
          JsonNode first = growth("alone", start, 2);
          assertThat(first.at("/rates/list_growth_rate/value").isNull()).isTrue();
          assertThat(first.at("/days/0/subscribed").asLong()).isEqualTo(1);
          assertThat(first.at("/days/1/subscribed").asLong()).isEqualTo(1);
          return growth;
        });
  }

  @Test
  void theTableOfListsHasWhatEachOneSays() {
    tell("table-told", "{\"name\": \"Readers\", \"size\": 50, \"as_of\": \"%s\"}".formatted(start));
    client.post(
        List.of(
            event("subscribed", "table-alone", "r1", start.plus(Duration.ofDays(1))),
            event("subscribed", "table-told", "r1", start.plus(Duration.ofDays(1))),
            event("subscribed", "table-told", "r2", start.plus(Duration.ofDays(1))),
            event("unsubscribed", "table-told", "r3", start.plus(Duration.ofDays(2))),
            event("complained", "table-told", "r3", start.plus(Duration.ofDays(2)))));

    Await.untilAsserted(
        DEADLINE,
        () -> {
          assertThat(rowOf("table-alone", 3).at("/size_at_end").asLong()).isEqualTo(1);
          JsonNode told = rowOf("table-told", 3);
          assertThat(told.path("name").asText()).isEqualTo("Readers");
          assertThat(told.path("size_at_start").asLong()).isEqualTo(50);
          assertThat(told.path("size_at_end").asLong()).isEqualTo(51);
          assertThat(told.at("/counts/departed").asLong()).isEqualTo(1);
          assertThat(told.at("/rates/list_growth_rate/numerator").asLong()).isZero();
          return told;
        });
    // Before anything happened to it, a list is there with its size.
    JsonNode before = rowOf("table-told", 1);
    assertThat(before.path("size_at_end").asLong()).isEqualTo(50);
    assertThat(before.at("/counts/subscribed").asLong()).isZero();
  }

  private JsonNode rowOf(String list, int days) {
    String query =
        "/lists?limit=1000&from=%s&to=%s".formatted(start, start.plus(Duration.ofDays(days)));
    for (JsonNode row : client.getJson(query).path("lists")) {
      if (row.path("list").asText().equals(list)) {
        return row;
      }
    }
    throw new AssertionError("expected the list " + list);
  }

  @Test
  void unknownListIsNotFoundAndOneThatWasToldIsThereAtOnce() {
    tell("told", "{\"size\": 7}");

    assertThat(growth("told", start, 1).at("/size_at_start").asLong()).isEqualTo(7);
    assertThat(client.get("/lists/nobody/growth").statusCode()).isEqualTo(404);
  }

  private void tell(String list, String body) {
    HttpResponse<String> answer = client.put("/lists/" + list, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private JsonNode growth(String list, Instant from, int days) {
    return client.getJson(
        "/lists/%s/growth?from=%s&to=%s&zone=Asia/Kathmandu"
            .formatted(list, from, from.plus(Duration.ofDays(days))));
  }

  private static Map<String, Object> event(
      String type, String list, String recipient, Instant time) {
    return Map.of(
        "type", type,
        "event_id", type + "-" + list + "-" + recipient,
        "list", list,
        "recipient", recipient,
        "event_time", time.toString());
  }
}
