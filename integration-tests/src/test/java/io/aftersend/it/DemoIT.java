package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import io.aftersend.it.analysts.GrafanaQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The demo's own ledger against the numbers of the API, field by field.
@ExtendWith(RunningUp.class)
class DemoIT {
  private static final List<String> TYPES =
      List.of(
          "sent",
          "received",
          "delivered",
          "deferred",
          "dropped",
          "bounced",
          "placed",
          "opened",
          "read",
          "clicked",
          "attachment_opened",
          "forwarded",
          "replied",
          "read_receipt",
          "page_viewed",
          "converted",
          "unsubscribed",
          "complained",
          "unsubscribe_viewed",
          "subscribed");
  private static final List<String> TYPES_THAT_THE_DEMO_MUST_HAVE =
      List.of(
          "sent",
          "delivered",
          "bounced",
          "opened",
          "clicked",
          "replied",
          "converted",
          "unsubscribed",
          "complained",
          "forwarded");
  private static final String CAMPAIGN = "demo-counts";
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  private final Up up;

  DemoIT(Up up) {
    this.up = up;
  }

  @Test
  void everyCountEqualsTheLedgerAndEverythingCanBeLookedAt(@TempDir Path directory)
      throws IOException {
    Path ledger = directory.resolve("ledger.json");
    AftersendProcess demo =
        AftersendProcess.start(
            up.directory(),
            up.settings(),
            "demo",
            "--messages",
            "2000",
            "--campaign",
            CAMPAIGN,
            "--ledger",
            ledger.toString());

    assertThat(demo.awaitEnd()).as(demo.outputText()).isZero();
    assertCountsEqualLedger(up.client(), CAMPAIGN, ledger);
    Await.untilAsserted(DEADLINE, this::walkTheApi);
    Await.untilAsserted(DEADLINE, this::lookAtGrafana);
  }

  /// The script that the documentation gives for it.
  private Process walkTheApi() throws IOException, InterruptedException {
    ProcessBuilder command =
        new ProcessBuilder(
            Path.of("..", "docs", "examples", "walk-api.sh").toString(),
            up.directory().resolve("data").toString(),
            CAMPAIGN);
    command.environment().put("HOOK", "http://127.0.0.1:9/hook");
    Process walk = command.redirectErrorStream(true).start();
    String output = new String(walk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(walk.waitFor()).as(output).isZero();
    assertThat(output).doesNotContain("WRONG").contains("operations described, 0 wrong answers");
    return walk;
  }

  private List<GrafanaQuery> lookAtGrafana() throws IOException {
    Instant now = Instant.now();
    GrafanaQuery.Choice choice =
        new GrafanaQuery.Choice(
            up.process().ready().field("tenant"), CAMPAIGN, now.minus(Duration.ofDays(30)), now);
    List<GrafanaQuery> queries = GrafanaQuery.all();
    for (GrafanaQuery query : queries) {
      assertThat(up.client().query(query.expanded(choice))).as(query.panel()).isNotEmpty();
    }
    return queries;
  }

  /// The assertion itself, which the fault tests share.
  static void assertCountsEqualLedger(Client client, String campaign, Path ledgerFile)
      throws IOException {
    JsonNode ledger = Client.json(Files.readString(ledgerFile));
    for (String type : TYPES_THAT_THE_DEMO_MUST_HAVE) {
      assertThat(ledger.at("/counts/" + type + "/total").asInt()).as(type).isPositive();
    }
    Await.untilAsserted(
        DEADLINE,
        () -> {
          assertThat(fields(client.campaign(campaign))).isEqualTo(fields(ledger));
          return null;
        });
  }

  private static List<String> fields(JsonNode numbers) {
    List<String> fields = new ArrayList<>();
    for (String type : TYPES) {
      JsonNode counts = numbers.at("/counts/" + type);
      fields.add(type + ".total " + counts.at("/total").asLong());
      fields.add(type + ".unique " + counts.at("/unique").asLong());
      if (type.equals("opened") || type.equals("clicked")) {
        fields.add(type + ".human_total " + counts.at("/human_total").asLong(-1));
        fields.add(type + ".human_unique " + counts.at("/human_unique").asLong(-1));
      }
    }
    return fields;
  }
}
