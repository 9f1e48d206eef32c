package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RunningUp.class)
class CampaignSettingsIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private final Client client;

  CampaignSettingsIT(Up up) {
    client = up.client();
  }

  @Test
  void putMakesACampaignThatTheNextGetSees() {
    HttpResponse<String> put =
        client.putCampaign(
            "settings",
            "{\"name\": \"It's \\\\ \\\"spring\\\" ?؛\", \"cost\": \"12.345678\", \"currency\": \"EUR\","
                + " \"labels\": [\"a\", \"b;c\"]}");

    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
    JsonNode campaign = client.campaign("settings");
    assertThat(campaign.get("name").asText()).isEqualTo("It's \\ \"spring\" ?؛");
    assertThat(campaign.get("cost").decimalValue()).isEqualByComparingTo("12.345678");
    assertThat(campaign.get("labels")).isEqualTo(Client.json("[\"a\", \"b;c\"]"));
    assertThat(campaign.at("/counts/sent/total").asInt()).isZero();
  }

  @Test
  void absentFieldsStayAndNullClears() {
    client.putCampaign("partial", "{\"name\": \"first\", \"subject\": \"hello\"}");

    client.putCampaign("partial", "{\"subject\": null}");

    JsonNode campaign = client.campaign("partial");
    assertThat(campaign.get("name").asText()).isEqualTo("first");
    assertThat(campaign.get("subject").isNull()).isTrue();
  }

  @Test
  void wrongFieldIsNamedAndNothingChanges() {
    client.putCampaign("refused", "{\"name\": \"kept\"}");

    HttpResponse<String> answer =
        client.putCampaign(
            "refused", "{\"name\": \"lost\", \"cost\": \"1.0000001\", \"currency\": \"EUR\"}");

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(answer.body()).contains("cost");
    assertThat(client.campaign("refused").get("name").asText()).isEqualTo("kept");
  }

  @Test
  void providersOpensCountOnlyWhereTheCampaignSaysSo() {
    client.post(
        List.of(
            Map.of("type", "sent", "campaign", "source", "message", "s1"),
            Map.of("type", "opened", "campaign", "source", "message", "s1", "provider", "mailer"),
            Map.of("type", "opened", "campaign", "source", "message", "s1", "provider", "mailer"),
            Map.of("type", "opened", "campaign", "source", "message", "s1")));
    expectOpens("source", 1);

    client.putCampaign("source", "{\"count_source\": \"provider\"}");
    expectOpens("source", 2);

    client.putCampaign("source", "{\"count_source\": \"own\"}");
    expectOpens("source", 1);
  }

  private void expectOpens(String campaign, int total) {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode counts = client.campaign(campaign).get("counts");
          assertThat(counts.at("/sent/total").asInt()).isEqualTo(1);
          return assertThat(counts.at("/opened/total").asInt()).isEqualTo(total);
        });
  }
}
