package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.RunningUp.Up;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything judged again under changed rules, on a real engine: a campaign that was judged by our
/// rules ends where one is that had the changed ones from the start, and stays there.
class RejudgeIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final String JUDGED_AGAIN = "judged-again";
  private static final String CONTROL = "control";
  private static final String CHROME =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
          + "Chrome/141.0.0.0 Safari/537.36";
  private static final String GMAIL =
      "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)";
  private static final String YAHOO =
      "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html";

  private final Instant delivered =
      Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(5));

  @TempDir private Path directory;

  @Test
  void numbersAreThoseOfAProcessorThatHadTheRulesFromTheStart() throws IOException {
    Path rules = changedRules();
    try (Up up = RunningUp.startIn(directory)) {
      up.client().post(history(JUDGED_AGAIN));
      expectHumans(up.client(), JUDGED_AGAIN, 2, 4);
      awaitEvents(up.client(), JUDGED_AGAIN, history(JUDGED_AGAIN).size() - 1);
      compareOnly(up, rules);
      expectRefusal(up, rules);
      expectHumans(up.client(), JUDGED_AGAIN, 2, 4);
    }
    try (Up up = startWith(rules)) {
      up.client().post(history(CONTROL));
      expectHumans(up.client(), CONTROL, 1, 1);
      awaitEvents(up.client(), CONTROL, history(CONTROL).size() - 1);
      String output = run(up, 0, "rejudge", "--rules", rules.toString(), "--swap");
      assertThat(output).contains("messages were judged anew");
      expectSame(up.client());
      expectHumans(up.client(), JUDGED_AGAIN, 1, 1);

      up.client().post(laterEvents(JUDGED_AGAIN));
      up.client().post(laterEvents(CONTROL));
      expectHumans(up.client(), CONTROL, 2, 2);
      expectHumans(up.client(), JUDGED_AGAIN, 2, 2);
      int events = history(CONTROL).size() - 1 + laterEvents(CONTROL).size();
      awaitEvents(up.client(), CONTROL, events);
      awaitEvents(up.client(), JUDGED_AGAIN, events);
      expectSame(up.client());

      String again = run(up, 0, "rejudge", "--rules", rules.toString(), "--swap");
      assertThat(again).contains("0 of ").doesNotContain("messages were judged anew");
    }
  }

  private Up startWith(Path rules) {
    Map<String, String> settings = RunningUp.settings(directory);
    settings.put("AFTERSEND_RULES_FILE", rules.toString());
    AftersendProcess process = AftersendProcess.start(directory, settings, "up");
    return new Up(process, Client.of(process.ready()), directory, settings);
  }

  /// Two links make a scanner, and what Gmail's proxy fetches nobody need have looked at.
  private Path changedRules() throws IOException {
    Path source =
        Path.of(
            "../stream-processor/src/main/resources/io/aftersend/processor/verdict",
            "verdict-rules.json");
    String text = Files.readString(source);
    String changed =
        text.replace("{\"distinct_links\": 3}", "{\"distinct_links\": 2}")
            .replace(
                "\"name\": \"gmail_proxy\",\n      \"on\": true,\n      \"verdict\": \"proxy\"",
                "\"name\": \"gmail_proxy\",\n      \"on\": true,\n      \"verdict\": \"prefetch\"")
            .replaceFirst("\"version\": \\d+", "\"version\": 77");
    assertThat(changed).hasSizeGreaterThan(text.length());
    return Files.writeString(directory.resolve("rules.json"), changed);
  }

  private void compareOnly(Up up, Path rules) {
    JsonNode compared =
        Client.json(run(up, 0, "rejudge", "--rules", rules.toString(), "--json", "--dry-run"));
    JsonNode counts = compared.at("/campaigns/0/counts");
    assertThat(compared.at("/campaigns/0/campaign").asText()).isEqualTo(JUDGED_AGAIN);
    assertThat(counts.at("/opened/human_total").toString()).isEqualTo("{\"before\":2,\"after\":1}");
    assertThat(counts.at("/clicked/human_total").toString())
        .isEqualTo("{\"before\":4,\"after\":1}");
    assertThat(counts.at("/clicked/human_unique").toString())
        .isEqualTo("{\"before\":2,\"after\":1}");
    assertThat(compared.at("/changed_events").asInt()).isEqualTo(4);
    assertThat(
            up.client()
                .query(
                    "SELECT event_id, verdict_before, verdict_after FROM aftersend.rejudged_hits"
                        + " ORDER BY event_id"))
        .containsExactly(
            List.of("c1", "human", "scanner"),
            List.of("c2", "human", "scanner"),
            List.of("c3", "human", "scanner"),
            List.of("gmail", "proxy", "prefetch"));
  }

  /// The processor judges by other rules still.
  private void expectRefusal(Up up, Path rules) {
    String output = run(up, 1, "rejudge", "--rules", rules.toString(), "--swap");
    assertThat(output).contains("AFTERSEND_RULES_FILE");
  }

  private String run(Up up, int exitCode, String... arguments) {
    try (AftersendProcess process = AftersendProcess.start(directory, up.settings(), arguments)) {
      int code = process.awaitEnd();
      assertThat(code).as(process.outputText()).isEqualTo(exitCode);
      return process.outputText();
    }
  }

  private static void expectHumans(Client client, String campaign, int opens, int clicks) {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          JsonNode counts = client.campaign(campaign).at("/counts");
          assertThat(counts.at("/opened/human_total").asInt()).isEqualTo(opens);
          assertThat(counts.at("/clicked/human_total").asInt()).isEqualTo(clicks);
          return null;
        });
  }

  /// Waits for the rows of a campaign's events, from which everything is judged again: they come
  /// apart from its numbers. The conversion is in no campaign.
  private static void awaitEvents(Client client, String campaign, int events) {
    Await.untilAsserted(
        DEADLINE,
        () ->
            assertThat(
                    client.query(
                        "SELECT count() FROM aftersend.events WHERE campaign = '%s'"
                            .formatted(campaign)))
                .containsExactly(List.of("" + events)));
  }

  private static void expectSame(Client client) {
    Await.untilAsserted(
        DEADLINE,
        () -> {
          List<List<String>> control = rows(client, CONTROL);
          assertThat(control).hasSizeGreaterThan(10);
          assertThat(rows(client, JUDGED_AGAIN)).isEqualTo(control);
          return null;
        });
  }

  /// Counters, buckets, events and attributions of a campaign, all that its name makes different
  /// left out.
  private static List<List<String>> rows(Client client, String campaign) {
    List<List<String>> rows = new ArrayList<>();
    for (String sql :
        List.of(
            "SELECT toString(mapSort(counters)), toString(revenue)"
                + " FROM aftersend.campaign_metrics FINAL WHERE campaign = '%s'"
                + " ORDER BY dimension, dimension_value",
            "SELECT event, basis, count_source, recipient_zone, toString(bucket_start), total,"
                + " human_total, first FROM aftersend.heatmap_buckets FINAL"
                + " WHERE campaign = '%s' AND (total, human_total, first) != (0, 0, 0)"
                + " ORDER BY ALL",
            "SELECT event_id, type, verdict, toString(reasons), confidence, client"
                + " FROM aftersend.events WHERE campaign = '%s' ORDER BY event_id",
            "SELECT event_id, outcome, toString(click_time)"
                + " FROM aftersend.conversion_attributions FINAL"
                + " WHERE recipient = '%s-reader' ORDER BY event_id")) {
      rows.addAll(client.query(sql.formatted(campaign)));
    }
    return rows;
  }

  private List<Map<String, Object>> history(String campaign) {
    return List.of(
        event(campaign, "m1", "sent", "s1", -5_000, Map.of()),
        event(campaign, "m1", "delivered", "d1", 0, Map.of("mailbox_provider", "acme")),
        click(campaign, "m1", "c1", 20_000, "l1"),
        click(campaign, "m1", "c2", 23_000, "l2"),
        click(campaign, "m1", "c3", 26_000, "l1"),
        event(campaign, "m2", "delivered", "d2", 0, Map.of()),
        event(campaign, "m2", "opened", "gmail", 600_000, Map.of("user_agent", GMAIL)),
        event(campaign, "m3", "delivered", "d3", 0, Map.of()),
        event(campaign, "m3", "opened", "yahoo", 600_000, Map.of("user_agent", YAHOO)),
        click(campaign, "m3", "c4", 660_000, "l2"),
        conversion(campaign));
  }

  private List<Map<String, Object>> laterEvents(String campaign) {
    return List.of(
        click(campaign, "m1", "c5", 28_000, "l3"),
        event(campaign, "m2", "opened", "own", 700_000, Map.of("user_agent", CHROME)),
        click(campaign, "m3", "c6", 3_600_000, "l1"));
  }

  /// Names its recipient only, who belongs to the last human click.
  private Map<String, Object> conversion(String campaign) {
    Map<String, Object> conversion = event(campaign, "m1", "converted", "buy", 900_000, Map.of());
    conversion.keySet().removeAll(Arrays.asList("campaign", "message"));
    conversion.put("value", "10");
    conversion.put("currency", "AZN");
    return conversion;
  }

  private Map<String, Object> click(
      String campaign, String message, String id, long afterMs, String link) {
    return event(
        campaign,
        message,
        "clicked",
        id,
        afterMs,
        Map.of("link", link, "user_agent", CHROME, "ip", "203.0.113.9"));
  }

  private Map<String, Object> event(
      String campaign,
      String message,
      String type,
      String id,
      long afterMs,
      Map<String, Object> rest) {
    Map<String, Object> event = new HashMap<>(rest);
    event.put("type", type);
    event.put("event_id", id);
    event.put("campaign", campaign);
    event.put("message", campaign + "-" + message);
    event.put("recipient", campaign + (message.equals("m1") ? "-reader" : "-" + message));
    event.put("event_time", delivered.plusMillis(afterMs).toString());
    return event;
  }
}
