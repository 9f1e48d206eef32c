package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The worked examples of the metrics, through the edge and the API.
@ExtendWith(RunningUp.class)
class CampaignMetricsIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int SENT = 10_000;

  private final Client client;

  CampaignMetricsIT(Up up) {
    client = up.client();
  }

  @Test
  void fiveHundredClickersOfTenThousandAreFivePercent() {
    sendCampaignWith("ctr", 500, Map.of("type", "clicked", "link", "offer"));

    expectRate("ctr", "/rates/click_through_rate", "0.05", 500, "human");
    expectRate("ctr", "/rates/click_through_rate_total", "0.05", 500, "human");
  }

  @Test
  void fourHundredConvertersOfTenThousandAreFourPercent() {
    sendCampaignWith("conversion", 400, Map.of("type", "converted", "goal", "purchase"));

    expectRate("conversion", "/rates/conversion_rate", "0.04", 400, "human");
  }

  @Test
  void seventyFiveBouncesOfTenThousandAreThreeQuartersOfAPercent() {
    sendCampaignWith("bounce", 75, Map.of("type", "bounced", "bounce_class", "hard"));

    expectRate("bounce", "/rates/bounce_rate", "0.0075", 75, "all");
    expectRate("bounce", "/rates/bounce_rate/hard", "0.0075", 75, "all");
    expectRate("bounce", "/rates/bounce_rate/soft", "0", 0, "all");
  }

  @Test
  void hundredForwardsOfTenThousandAreOnePercent() {
    sendCampaignWith("forward", 100, Map.of("type", "forwarded", "channel", "mail"));

    expectRate("forward", "/rates/forward_rate", "0.01", 100, "human");
  }

  @Test
  void revenueOfThousandForCostOfHundredIsReturnOfNineHundredPercent() {
    assertThat(client.putCampaign("roi", "{\"cost\": 100, \"currency\": \"AZN\"}").statusCode())
        .isBetween(200, 201);
    sendCampaignWith(
        "roi",
        4,
        Map.of("type", "converted", "goal", "purchase", "value", "250.00", "currency", "AZN"));

    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode campaign = client.campaign("roi");
          assertThat(campaign.at("/counts/converted/total").asInt()).isEqualTo(4);
          JsonNode roi = campaign.at("/rates/roi");
          assertThat(roi.get("value").decimalValue()).isEqualByComparingTo("9");
          assertThat(roi.get("numerator").decimalValue()).isEqualByComparingTo("900");
          assertThat(roi.get("denominator").decimalValue()).isEqualByComparingTo("100");
          assertThat(roi.get("currency").asText()).isEqualTo("AZN");
          assertThat(campaign.at("/revenue/AZN").decimalValue()).isEqualByComparingTo("1000");
          return null;
        });
  }

  @Test
  void rateWithoutDenominatorIsNull() {
    client.post(List.of(Map.of("type", "clicked", "campaign", "nothing-sent", "message", "m")));

    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode campaign = client.campaign("nothing-sent");
          assertThat(campaign.at("/counts/clicked/total").asInt()).isEqualTo(1);
          JsonNode rate = campaign.at("/rates/click_through_rate");
          assertThat(rate.get("value").isNull()).isTrue();
          assertThat(rate.get("denominator").asInt()).isZero();
          return null;
        });
  }

  private void sendCampaignWith(String campaign, int messages, Map<String, Object> reaction) {
    List<Map<String, Object>> events = new ArrayList<>();
    IntStream.range(0, SENT).forEach(i -> events.add(event(campaign, i, Map.of("type", "sent"))));
    IntStream.range(0, messages).forEach(i -> events.add(event(campaign, i, reaction)));
    client.post(events);
  }

  private static Map<String, Object> event(String campaign, int message, Map<String, Object> rest) {
    Map<String, Object> event = new HashMap<>(rest);
    event.put("campaign", campaign);
    event.put("message", campaign + "-" + message);
    event.put("recipient", "r" + message);
    return event;
  }

  private void expectRate(
      String campaign, String pointer, String value, int numerator, String counts) {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode answer = client.campaign(campaign);
          assertThat(answer.at("/counts/sent/unique").asInt()).isEqualTo(SENT);
          JsonNode rate = answer.at(pointer);
          assertThat(rate.at("/value").decimalValue()).isEqualByComparingTo(value);
          assertThat(rate.at("/numerator").decimalValue()).isEqualByComparingTo("" + numerator);
          assertThat(rate.at("/denominator").decimalValue()).isEqualByComparingTo("" + SENT);
          assertThat(rate.at("/counts").asText()).isEqualTo(counts);
          return null;
        });
  }
}
