package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningUp.class)
class RepeatsIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String CAMPAIGN = "repeats";
  private static final int MESSAGES = 50;

  private final Client client;

  RepeatsIT(Up up) {
    client = up.client();
  }

  @Test
  void postingTheSameEventIdsAgainChangesNoCount() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      for (String type : List.of("sent", "delivered", "opened", "clicked", "converted")) {
        events.add(
            Map.of(
                "type",
                type,
                "event_id",
                type + "-" + i,
                "campaign",
                CAMPAIGN,
                "message",
                "repeats-" + i));
      }
    }
    client.post(events);
    awaitTotal("converted", MESSAGES);
    JsonNode before = client.campaign(CAMPAIGN);

    client.post(events);
    client.post(events.reversed());
    client.post(lastWordOfEachMessage());
    awaitTotal("complained", MESSAGES);

    JsonNode after = client.campaign(CAMPAIGN);
    for (String type : List.of("sent", "delivered", "opened", "clicked", "converted")) {
      assertThat(after.at("/counts/" + type)).isEqualTo(before.at("/counts/" + type));
      assertThat(after.at("/counts/" + type + "/total").asInt()).isEqualTo(MESSAGES);
    }
    Await.untilAsserted(
        DEADLINE,
        () ->
            assertThat(
                    client.query(
                        "SELECT count() FROM aftersend.events WHERE campaign = '" + CAMPAIGN + "'"))
                .containsExactly(List.of("" + (events.size() + MESSAGES))));
  }

  /// A message's events are counted in order, so that once its last one is counted, all before it
  /// have been looked at.
  private static List<Map<String, Object>> lastWordOfEachMessage() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < MESSAGES; i++) {
      events.add(Map.of("type", "complained", "campaign", CAMPAIGN, "message", "repeats-" + i));
    }
    return events;
  }

  private void awaitTotal(String type, int total) {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          assertThat(client.campaign(CAMPAIGN).at("/counts/" + type + "/total").asInt())
              .isEqualTo(total);
          return null;
        });
  }
}
