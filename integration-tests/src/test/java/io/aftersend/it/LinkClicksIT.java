package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The table of links, from real redirects to the API.
@ExtendWith(RunningUp.class)
class LinkClicksIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/140.0.0.0 Safari/537.36";

  private final Client client;

  LinkClicksIT(Up up) {
    client = up.client();
  }

  @Test
  void redirectsAreClicksOfTheirLinkAndUnsubscribingIsNone() throws Exception {
    JsonNode signed = signed("links-1", "r1");
    // Whoever follows links and unsubscribes within seconds is a scanner.
    JsonNode others = signed("links-2", "r2");
    String first = signed.at("/clicks/0/tracked").asText();
    client.hit("GET", first, CHROME);
    client.hit("GET", first, CHROME);
    client.hit("HEAD", signed.at("/clicks/1/tracked").asText(), CHROME);
    client.hit("GET", others.at("/unsubscribe").asText(), CHROME);
    client.hit("POST", others.at("/unsubscribe").asText(), CHROME);

    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode counts = client.campaign("links").path("counts");
          assertThat(counts.at("/clicked/total").asInt()).isEqualTo(3);
          assertThat(counts.at("/unsubscribed/total").asInt()).isEqualTo(1);
          expectLinks(client.getJson("/campaigns/links/links"));
          return null;
        });
    Await.untilAsserted(
        DEADLINE,
        () -> {
          expectNotModified();
          return null;
        });
  }

  /// Numbers are sums, targets and times are of the clicks themselves: either may come first.
  private static void expectLinks(JsonNode body) {
    assertThat(body.path("links")).hasSize(2);
    JsonNode human = body.at("/links/0");
    assertThat(human.path("total").asInt()).isEqualTo(2);
    assertThat(human.path("url").asText()).isEqualTo("https://shop.example/a");
    assertThat(human.path("unique").asInt()).isEqualTo(1);
    assertThat(human.path("human_total").asInt()).isEqualTo(2);
    assertThat(human.path("human_unique").asInt()).isEqualTo(1);
    JsonNode machine = body.at("/links/1");
    assertThat(machine.path("total").asInt()).isEqualTo(1);
    assertThat(machine.path("human_total").asInt()).isZero();
    assertThat(machine.path("url").asText()).isEqualTo("https://shop.example/b");
    assertThat(machine.path("first_human_click").isNull()).isTrue();
  }

  private JsonNode signed(String message, String recipient)
      throws IOException, InterruptedException {
    String order =
        Client.text(
            Map.of(
                "campaign",
                "links",
                "message",
                message,
                "recipient",
                recipient,
                "urls",
                List.of("https://shop.example/a", "https://shop.example/b")));
    return Client.json(client.postJson(client.api() + "/api/v1/links", order).body());
  }

  private void expectNotModified() throws IOException, InterruptedException {
    HttpResponse<String> whole = get("\"none\"");
    String tag = whole.headers().firstValue("ETag").orElseThrow();

    HttpResponse<String> again = get(tag);

    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.body()).isEmpty();
    assertThat(again.headers().firstValue("ETag")).contains(tag);
  }

  private HttpResponse<String> get(String ifNoneMatch) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(client.api() + "/api/v1/campaigns/links/links"))
            .header("Authorization", "Bearer " + client.key())
            .header("If-None-Match", ifNoneMatch)
            .timeout(DEADLINE)
            .GET()
            .build();
    return client.http().send(request, BodyHandlers.ofString());
  }
}
