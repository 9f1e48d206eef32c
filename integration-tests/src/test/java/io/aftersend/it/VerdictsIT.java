package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// A security scanner with the agent of a plain browser, found out with hindsight: from the edge to
/// the API's numbers and the rows that an analyst reads.
@ExtendWith(RunningUp.class)
class VerdictsIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String CAMPAIGN = "scanned";
  private static final String MESSAGE = "scanned-1";
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/141.0.0.0 Safari/537.36";
  private static final List<String> SCANNER_IPS =
      List.of("198.51.100.7", "203.0.113.7", "192.0.2.7");
  private static final int LINKS = 7;

  private final Client client;
  private final Instant delivered =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));

  VerdictsIT(Up up) {
    client = up.client();
  }

  @Test
  void scannersClicksAreTakenBackAndThePersonsOwnStays() {
    client.post(
        List.of(
            event("sent", "s", delivered.minusSeconds(5), Map.of()),
            event("delivered", "d", delivered, Map.of()),
            scan(0),
            scan(1)));
    expectClicks(2, 2, 1);

    client.post(IntStream.range(2, LINKS).mapToObj(this::scan).toList());
    expectClicks(LINKS, 0, 0);

    client.post(List.of(click("person", delivered.plus(Duration.ofHours(1)), 3, "203.0.113.9")));
    expectClicks(LINKS + 1, 1, 1);
    Await.untilAsserted(
        DEADLINE,
        () -> {
          List<List<String>> rows =
              client.query(
                  "SELECT event_id, verdict, has(reasons, 'many_networks'), revision"
                      + " FROM aftersend.events WHERE type = 'clicked' AND message = '%s'"
                          .formatted(MESSAGE)
                      + " ORDER BY event_id");
          assertThat(rows).hasSize(LINKS + 1);
          assertThat(rows.getFirst()).containsExactly("person", "human", "0", "1");
          for (List<String> row : rows.subList(1, rows.size())) {
            assertThat(row.subList(1, 3)).as("%s", row).containsExactly("scanner", "1");
          }
          assertThat(Integer.parseInt(rows.get(1).get(3)))
              .as("first taken for human")
              .isGreaterThan(1);
          return null;
        });
  }

  private void expectClicks(int total, int humanTotal, int humanUnique) {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode clicked = client.campaign(CAMPAIGN).at("/counts/clicked");
          assertThat(clicked.at("/total").asInt()).isEqualTo(total);
          assertThat(clicked.at("/unique").asInt()).isEqualTo(1);
          assertThat(clicked.at("/human_total").asInt()).isEqualTo(humanTotal);
          assertThat(clicked.at("/human_unique").asInt()).isEqualTo(humanUnique);
          return null;
        });
  }

  private Map<String, Object> scan(int link) {
    return click(
        "scan-" + link,
        delivered.plusSeconds(20).plusMillis(500L * link),
        link,
        SCANNER_IPS.get(link % SCANNER_IPS.size()));
  }

  private static Map<String, Object> click(String id, Instant time, int link, String ip) {
    return event("clicked", id, time, Map.of("link", "l" + link, "user_agent", CHROME, "ip", ip));
  }

  private static Map<String, Object> event(
      String type, String id, Instant time, Map<String, Object> rest) {
    Map<String, Object> event = new HashMap<>(rest);
    event.put("type", type);
    event.put("event_id", id);
    event.put("campaign", CAMPAIGN);
    event.put("message", MESSAGE);
    event.put("event_time", time.toString());
    return event;
  }
}
