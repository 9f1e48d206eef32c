package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.TwoTenants.Apis;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// What the API makes of four mails to four recipients, worked out by hand: variants a, b, a, b;
/// the last one bounced; each was opened and clicked once by a person, answered, and converted for
/// 2.50.
@ExtendWith({RunningUp.class, TwoTenants.class})
class ApiNumbersIT {
  private final ApiCalls api;
  private final Instant start;

  ApiNumbersIT(Apis apis) {
    api = ApiCalls.to(apis.whole().url());
    start = apis.start();
  }

  private JsonNode json(String path) {
    HttpResponse<String> answer = api.get(TwoTenants.OURS, path);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return ApiDocument.json(answer.body());
  }

  private static JsonNode row(JsonNode rows, String member, String value) {
    for (JsonNode row : rows) {
      if (row.path(member).asText().equals(value)) {
        return row;
      }
    }
    throw new AssertionError("no row of " + value + " in " + rows);
  }

  @Test
  void armsAreTheMessagesOfEachVariant() {
    JsonNode answer = json("/campaigns/shared/compare?goal=conversions");

    assertThat(answer.path("control").asText()).isEqualTo("a");
    for (JsonNode arm : answer.path("arms")) {
      assertThat(arm.path("messages").asInt()).isEqualTo(2);
      assertThat(arm.path("successes").asInt()).isEqualTo(2);
      assertThat(arm.path("probability_best").asDouble()).isEqualTo(0.5);
      assertThat(arm.at("/rates/click_through_rate/value").asDouble()).isEqualTo(1);
      assertThat(arm.at("/counts/opened/human_unique").asInt()).isEqualTo(2);
    }
    assertThat(answer.path("arms")).hasSize(2);
    assertThat(answer.at("/arms/1/counts/bounced/unique").asInt()).isEqualTo(1);
    assertThat(answer.at("/sample_ratio/p_value").asDouble()).isEqualTo(1);
    assertThat(json("/campaigns/own-only/compare").at("/warnings/0/code").asText())
        .isEqualTo("no_test");
    assertThat(api.get(TwoTenants.OURS, "/campaigns/shared/compare?goal=opens").body())
        .contains("decide nothing");
  }

  @Test
  void recipientsAreFoundByWhatBecameOfTheirMail() {
    JsonNode bounced = json("/campaigns/shared/recipients?filter=bounced").path("recipients");
    assertThat(bounced.findValuesAsText("message")).containsExactly("m3");
    assertThat(bounced.get(0).path("state").asText()).isEqualTo("hard");
    JsonNode all = json("/campaigns/shared/recipients").path("recipients");
    assertThat(all.findValuesAsText("message")).containsExactly("m0", "m1", "m2", "m3");
    JsonNode first = all.get(0);
    assertThat(first.path("recipient").asText()).isEqualTo("r0");
    assertThat(first.path("account").asText()).isEqualTo("own");
    assertThat(first.path("variant").asText()).isEqualTo("a");
    assertThat(first.path("state").asText()).isEqualTo("delivered");
    assertThat(first.path("opened_human_total").asInt()).isEqualTo(1);
    assertThat(first.path("clicked_total").asInt()).isEqualTo(1);
    assertThat(first.path("replied").asInt()).isEqualTo(1);
    assertThat(json("/campaigns/shared/recipients?filter=not_opened").path("recipients")).isEmpty();
    JsonNode page = json("/campaigns/shared/recipients?filter=clicked&limit=3");
    JsonNode rest =
        json(
            "/campaigns/shared/recipients?filter=clicked&cursor="
                + page.path("next_cursor").asText());
    assertThat(rest.path("recipients").findValuesAsText("message")).containsExactly("m3");
    assertThat(rest.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void totalsAddUpCampaignsLabelsAndSubjects() {
    JsonNode campaigns = json("/totals").path("totals");
    JsonNode shared = row(campaigns, "campaign", "shared");
    assertThat(shared.at("/counts/sent/unique").asInt()).isEqualTo(4);
    assertThat(shared.at("/rates/conversion_rate/value").asDouble()).isEqualTo(1);
    assertThat(shared.at("/revenue/AZN").asInt()).isEqualTo(10);
    // (10 − 10) ÷ 10
    assertThat(shared.at("/rates/roi/AZN/value").asDouble()).isZero();
    JsonNode labels = json("/totals?by=label").path("totals");
    assertThat(labels.findValuesAsText("label")).containsExactly("own", "own label");
    for (JsonNode label : labels) {
      assertThat(label.at("/counts/clicked/human_unique").asInt()).isEqualTo(4);
      assertThat(label.at("/rates/bounce_rate/denominator").asInt()).isEqualTo(4);
      assertThat(label.at("/revenue/AZN").asInt()).isEqualTo(10);
    }
    JsonNode subjects = json("/totals?by=subject").path("totals");
    assertThat(subjects.get(0).path("subject").isNull()).isTrue();
    // The campaign that nothing was told of; mail of a mailbox is in no campaign.
    assertThat(subjects.get(0).at("/counts/sent/unique").asInt()).isEqualTo(1);
    assertThat(row(subjects, "subject", "own").at("/counts/sent/unique").asInt()).isEqualTo(4);
  }

  @Test
  void aPeriodWithoutAnythingIsComparedWithTheOneBefore() {
    Instant from = start.plus(Duration.ofDays(5));
    Instant to = from.plus(Duration.ofDays(5));
    JsonNode answer = json("/totals?zone=UTC&compare=previous&from=" + from + "&to=" + to);

    JsonNode shared = row(answer.path("totals"), "campaign", "shared");
    assertThat(shared.at("/counts/opened/total").asInt()).isZero();
    assertThat(shared.at("/previous/opened/total").asInt()).isEqualTo(4);
    assertThat(shared.at("/previous/clicked/first").asInt()).isEqualTo(4);
  }

  @Test
  void campaignsAreFoundSortedAndDrawn() {
    assertThat(json("/campaigns?search=OWN-ON").path("campaigns").findValuesAsText("campaign"))
        .containsExactly("own-only");
    assertThat(json("/campaigns?label=own").path("campaigns").findValuesAsText("campaign"))
        .containsExactly("shared");
    JsonNode sorted = json("/campaigns?sort=clicked&order=desc&sparkline=opened&limit=1");
    assertThat(sorted.at("/campaigns/0/campaign").asText()).isEqualTo("shared");
    long opens = 0;
    for (JsonNode day : sorted.at("/campaigns/0/sparkline/days")) {
      opens += day.asLong();
    }
    assertThat(opens).isEqualTo(4);
    JsonNode next =
        json(
            "/campaigns?sort=clicked&order=desc&limit=1&cursor="
                + sorted.path("next_cursor").asText());
    assertThat(next.at("/campaigns/0/campaign").asText()).isNotEqualTo("shared");
    assertThat(json("/campaigns?sort=first_sent&order=desc").at("/campaigns/0/campaign").asText())
        .isEqualTo("own-only");
  }

  @Test
  void timesAreSinceTheDelivery() {
    JsonNode times = json("/campaigns/shared").path("distributions");

    // Opened a minute after its delivery or bounce, clicked one later; the bounced one since sent.
    JsonNode delivered = row(times.path("time_to_open"), "since", "delivered");
    assertThat(delivered.path("messages").asInt()).isEqualTo(3);
    assertThat(delivered.path("median_seconds").asInt()).isEqualTo(60);
    assertThat(row(times.path("time_to_click"), "since", "sent").path("median_seconds").asInt())
        .isEqualTo(180);
    assertThat(json("/campaigns/shared/distributions").path("distributions")).isEqualTo(times);
  }
}
