package io.aftersend.query.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.query.TestApi;
import io.aftersend.schemas.event.EventType;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CampaignNumbersTest {
  private final TestApi api = new TestApi();

  private void addRate(
      String metric, String numerator, String denominator, @Nullable String value) {
    api.campaigns.rates.add(
        new Rate(
            metric,
            new BigDecimal(numerator),
            new BigDecimal(denominator),
            value == null ? null : new BigDecimal(value),
            "human",
            metric.equals("roi") ? "AZN" : ""));
  }

  private String text() {
    api.campaigns.add("ours", CampaignProfile.untold("c"));
    return TestApi.text(api.get("/api/v1/campaigns/c"));
  }

  private JsonNode numbers() {
    api.campaigns.add("ours", CampaignProfile.untold("c"));
    return TestApi.json(api.get("/api/v1/campaigns/c"));
  }

  @Test
  void givesEveryEventTypeZeroWhereThereIsNone() {
    api.campaigns.counts.add(new EventCounts("clicked", 9, 7, 5, 3));

    JsonNode counts = numbers().path("counts");

    assertThat(counts).hasSize(EventType.values().length);
    for (EventType type : EventType.values()) {
      boolean isHit = type == EventType.OPENED || type == EventType.CLICKED;
      assertThat(counts.path(type.wireName())).as(type.wireName()).hasSize(isHit ? 4 : 2);
    }
    assertThat(counts.path("clicked").toString())
        .isEqualTo("{\"total\":9,\"unique\":7,\"human_total\":5,\"human_unique\":3}");
    assertThat(counts.path("sent").path("total").asLong(-1)).isZero();
  }

  @Test
  void writesNumbersExactlyAndWithoutExponent() {
    addRate("click_through_rate", "500.000000", "10000.000000", "0.05");
    addRate("complaint_rate", "1.000000", "10000000.000000", "1.0E-7");
    addRate("roi", "900.000000", "100.000000", "9.0");
    api.campaigns.limits = new CampaignLimits(7, 3);
    api.campaigns.revenue.putAll(
        Map.of(
            "AZN", new BigDecimal("1000.000000"),
            "USD", new BigDecimal("123456789012.345678")));

    assertThat(text())
        .contains(
            "\"click_through_rate\":{\"value\":0.05,\"numerator\":500,\"denominator\":10000,"
                + "\"counts\":\"human\"}")
        .contains("\"value\":0.0000001,\"numerator\":1,\"denominator\":10000000")
        .contains(
            "\"roi\":{\"value\":9,\"numerator\":900,\"denominator\":100,\"counts\":\"human\","
                + "\"currency\":\"AZN\"}")
        .contains("\"revenue\":{\"AZN\":1000,\"USD\":123456789012.345678}")
        .contains("\"limits\":{\"unchecked_events\":7,\"late_events\":3}");
  }

  @Test
  void givesNullForAZeroDenominator() {
    addRate("conversion_rate", "0", "0", null);

    JsonNode rate = numbers().path("rates").path("conversion_rate");

    assertThat(rate.path("value").isNull()).isTrue();
    assertThat(rate.path("denominator").isIntegralNumber()).isTrue();
  }

  @Test
  void putsThePartsOfARateInsideIt() {
    for (String metric :
        new String[] {
          "bounce_rate",
          "bounce_rate_hard",
          "bounce_rate_soft",
          "bounce_rate_block",
          "forward_rate",
          "forward_rate_inferred",
          "unsubscribe_rate"
        }) {
      addRate(metric, "1", "2", "0.5");
    }
    addRate("open_rate_lower", "1", "4", "0.25");
    addRate("open_rate_upper", "3", "4", "0.75");
    addRate("open_rate_adjusted", "1", "2", "0.5");

    JsonNode rates = numbers().path("rates");

    assertThat(rates.path("bounce_rate").path("block").path("numerator").asInt()).isOne();
    assertThat(rates.path("forward_rate").path("inferred")).hasSize(4);
    assertThat(rates.path("open_rate").path("value").decimalValue()).isEqualByComparingTo("0.25");
    assertThat(rates.path("open_rate").path("upper").path("value").decimalValue())
        .isEqualByComparingTo("0.75");
    assertThat(rates.path("open_rate").path("reliability").asText()).isNotEmpty();
    assertThat(rates.path("unsubscribe_rate").path("reliability").asText()).isNotEmpty();
    assertThat(rates.fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("bounce_rate", "forward_rate", "unsubscribe_rate", "open_rate");
  }

  @Test
  void knowsNoOtherCampaign() {
    assertThat(api.get("/api/v1/campaigns/c").status()).isEqualTo(404);
    assertThat(api.get("/api/v1/campaigns/a%20b").status()).isEqualTo(404);
    assertThat(TestApi.wrong(api.get("/api/v1/campaigns/c?x=1"))).containsExactly("x");
  }
}
