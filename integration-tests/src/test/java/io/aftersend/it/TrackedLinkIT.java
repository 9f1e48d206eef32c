package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// From the command that signs links, over a recipient's hit, to the row that an analyst reads.
@ExtendWith(RunningUp.class)
class TrackedLinkIT {
  private static final String BROWSER =
      "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";

  /// What the product promises between a hit and its row.
  private static final Duration HIT_TO_ROW = Duration.ofSeconds(5);

  private static final Duration COUNTED = Duration.ofMinutes(1);

  private final Up up;
  private final Client client;

  TrackedLinkIT(Up up) {
    this.up = up;
    client = up.client();
  }

  @Test
  void hitBecomesARow() {
    hitIsARowWithin(COUNTED, "row-1");
  }

  /// Only where no other test has the processors.
  @Test
  @Tag("full")
  void hitIsARowWithinFiveSeconds() {
    hitIsARowWithin(HIT_TO_ROW, "row-2");
  }

  private void hitIsARowWithin(Duration deadline, String message) {
    String target = "https://example.com/käse?a=1&amp;b=[2]#part";
    JsonNode links = links("row", message, target);

    assertThat(client.hit("GET", links.at("/open/0").asText(), BROWSER).statusCode())
        .isEqualTo(200);
    HttpResponse<String> click = client.hit("GET", links.at("/clicks/0/tracked").asText(), BROWSER);

    assertThat(click.statusCode()).isEqualTo(302);
    assertThat(click.headers().firstValue("Location"))
        .hasValue("https://example.com/k%C3%A4se?a=1&amp;b=[2]#part");
    Await.untilAsserted(
        deadline,
        () -> {
          assertThat(rowsOverJdbc(message))
              .containsExactlyInAnyOrder("opened human ", "clicked human 1");
          return null;
        });
    assertThat(
            client.query(
                "SELECT type, verdict, url FROM aftersend.events WHERE message = '%s' ORDER BY type"
                    .formatted(message)))
        .containsExactly(
            List.of("clicked", "human", "https://example.com/k%C3%A4se?a=1&amp;b=[2]#part"),
            List.of("opened", "human", ""));
  }

  @Test
  void lookingAtTheUnsubscribePageChangesNothing() {
    String page = links("unsubscribe", "unsubscribe-1").get("unsubscribe").asText();

    HttpResponse<String> seen = client.hit("GET", page, BROWSER);
    HttpResponse<String> asked = client.hit("HEAD", page, BROWSER);

    assertThat(seen.statusCode()).isEqualTo(200);
    assertThat(seen.body()).contains("<form").contains("method=\"post\"");
    assertThat(asked.statusCode()).isEqualTo(200);
    expectCount("unsubscribe", "unsubscribe_viewed", 2);
    expectCount("unsubscribe", "unsubscribed", 0);
  }

  @Test
  void postUnsubscribesOnce() {
    String page = links("one-click", "one-click-1").get("unsubscribe").asText();
    client.post(
        List.of(
            java.util.Map.of("type", "sent", "campaign", "one-click", "message", "one-click-1")));

    for (int i = 0; i < 3; i++) {
      assertThat(client.hit("POST", page, "one-click mail provider").statusCode()).isEqualTo(200);
    }

    client.post(
        List.of(
            java.util.Map.of(
                "type", "complained", "campaign", "one-click", "message", "one-click-1")));
    expectCount("one-click", "complained", 1);
    expectCount("one-click", "unsubscribed", 1);
  }

  @Test
  void headIsRecordedAndIsNoPerson() {
    String pixel = links("head", "head-1").at("/open/0").asText();

    HttpResponse<String> response = client.hit("HEAD", pixel, BROWSER);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
    expectCount("head", "opened", 1);
    assertThat(client.campaign("head").at("/counts/opened/human_total").asInt()).isZero();
  }

  private void expectCount(String campaign, String type, int total) {
    Await.untilAsserted(
        COUNTED,
        () -> {
          assertThat(client.campaign(campaign).at("/counts/" + type + "/total").asInt())
              .isEqualTo(total);
          return null;
        });
  }

  private JsonNode links(String campaign, String message, String... urls) {
    String[] command = new String[8 + 2 * urls.length];
    List<String> fixed =
        List.of(
            "links", "--json", "--campaign", campaign, "--message", message, "--recipient", "r1");
    fixed.toArray(command);
    for (int i = 0; i < urls.length; i++) {
      command[8 + 2 * i] = "--url";
      command[9 + 2 * i] = urls[i];
    }
    AftersendProcess process = AftersendProcess.start(up.directory(), up.settings(), command);
    assertThat(process.awaitEnd()).as(process.outputText()).isZero();
    return Client.json(process.outputText());
  }

  private List<String> rowsOverJdbc(String message) throws SQLException {
    String url = "jdbc:ch:" + client.clickHouse() + "/aftersend";
    String sql = "SELECT type, verdict, link FROM events WHERE message = ?";
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setString(1, message);
      try (ResultSet rows = select.executeQuery()) {
        List<String> texts = new java.util.ArrayList<>();
        while (rows.next()) {
          texts.add(rows.getString(1) + " " + rows.getString(2) + " " + rows.getString(3));
        }
        return texts;
      }
    }
  }
}
