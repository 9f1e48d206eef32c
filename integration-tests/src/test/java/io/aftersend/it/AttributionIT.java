package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Conversions that name their recipient only, from posted events to the API and the views.
@ExtendWith(RunningUp.class)
class AttributionIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String FIRST = "attribution-first";
  private static final String SECOND = "attribution-second";

  private final Instant start =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofDays(20));
  private final Client client;

  AttributionIT(Up up) {
    client = up.client();
  }

  @Test
  void conversionCountsForTheLastClickEvenWhereThatComesLate() {
    List<Map<String, Object>> events = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      events.add(event("sent", i, FIRST, 0));
      events.add(event("clicked", i, FIRST, 1));
      events.add(sale(i, 48, "buyer-" + i));
    }
    events.add(sale(50, 48, "stranger"));
    client.post(events);
    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode campaign = client.campaign(FIRST);
          assertThat(campaign.at("/counts/converted/total").asInt()).isEqualTo(50);
          assertThat(campaign.at("/rates/conversion_rate/numerator").asInt()).isEqualTo(50);
          assertThat(campaign.at("/revenue/AZN").decimalValue()).isEqualByComparingTo("75");
          return campaign;
        });

    client.post(List.of(event("clicked", 7, SECOND, 24), event("clicked", 8, SECOND, 49)));

    Await.untilAsserted(
        DEADLINE,
        () -> {
          assertThat(client.campaign(SECOND).at("/counts/converted/total").asInt()).isEqualTo(1);
          assertThat(client.campaign(FIRST).at("/counts/converted/total").asInt()).isEqualTo(49);
          expectAttributions();
          return null;
        });
  }

  private void expectAttributions() {
    assertThat(client.campaign(FIRST).at("/revenue/AZN").decimalValue())
        .isEqualByComparingTo("73.5");
    assertThat(
            client.query(
                "SELECT outcome, campaign, toString(value) FROM aftersend.conversions"
                    + " WHERE recipient IN ('buyer-7', 'buyer-8', 'stranger') ORDER BY recipient"))
        .containsExactly(
            List.of("attributed", SECOND, "1.5"),
            List.of("attributed", FIRST, "1.5"),
            List.of("unattributed", "", "1.5"));
    Map<String, Integer> outcomes = new HashMap<>();
    client
        .getJson("/conversions")
        .get("conversions")
        .forEach(row -> outcomes.put(row.get("outcome").asText(), row.get("total").asInt()));
    assertThat(outcomes.get("attributed")).isGreaterThanOrEqualTo(50);
    assertThat(outcomes.get("unattributed")).isPositive();
  }

  private Map<String, Object> sale(int number, int hour, String recipient) {
    return Map.of(
        "type",
        "converted",
        "event_id",
        "sale-" + number,
        "recipient",
        recipient,
        "value",
        "1.5",
        "currency",
        "AZN",
        "event_time",
        start.plus(Duration.ofHours(hour)).toString());
  }

  private Map<String, Object> event(String type, int number, String campaign, int hour) {
    return Map.of(
        "type",
        type,
        "event_id",
        type + "-" + number,
        "campaign",
        campaign,
        "message",
        campaign + "-" + number,
        "recipient",
        "buyer-" + number,
        "event_time",
        start.plus(Duration.ofHours(hour)).toString());
  }
}
