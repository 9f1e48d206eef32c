package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.analysts.LoadedClickHouse.Loaded;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// The view of links. Rows that a test adds are a tenant's of its own.
@ExtendWith(LoadedClickHouse.class)
class LinkViewIT {
  private static final Instant NOON = Instant.parse("2026-10-05T12:00:00Z");

  private final Loaded loaded;
  private int ids;

  LinkViewIT(Loaded loaded) {
    this.loaded = loaded;
  }

  private List<JsonNode> links(String tenant, String campaign) {
    return loaded
        .clickHouse()
        .query(
            """
            SELECT link, unnamed_url, url, urls, total, unique, human_total, human_unique,
              toString(first_click) AS first_click, toString(last_human_click) AS last_human_click
            FROM campaign_links WHERE tenant = '%s' AND campaign = '%s' ORDER BY link, unnamed_url
            """
                .formatted(tenant, campaign));
  }

  private void insert(String tenant, KnownEvent... events) {
    loaded.clickHouse().insert("event_log", List.of(events).stream().map(KnownEvent::row).toList());
    loaded.clickHouse().insert("link_metrics", CountedRows.links(List.of(events)));
    assertThat(events).allSatisfy(event -> assertThat(event.tenant()).isEqualTo(tenant));
  }

  private KnownEvent event(
      String tenant, String type, int second, String message, Map<String, Object> more) {
    return new KnownEvent(
        "x" + ids++,
        tenant,
        type,
        NOON.plusSeconds(second),
        "spring",
        message,
        "r",
        more.getOrDefault("verdict", "human").toString(),
        more);
  }

  @Test
  void numbersAreThoseOfTheEventsMachinesApart() {
    for (String campaign : KnownCampaigns.CAMPAIGNS) {
      Map<String, List<Long>> expected = new TreeMap<>();
      for (String link : List.of("more", "offer")) {
        List<KnownEvent> clicks =
            loaded.counted(campaign).stream()
                .filter(e -> e.is("clicked") && e.text("link").equals(link))
                .toList();
        List<KnownEvent> human = clicks.stream().filter(KnownEvent::isHuman).toList();
        assertThat(human).hasSizeLessThan(clicks.size());
        expected.put(
            link,
            List.of((long) clicks.size(), messages(clicks), (long) human.size(), messages(human)));
      }

      Map<String, List<Long>> answered = new TreeMap<>();
      for (JsonNode row : links(KnownCampaigns.TENANT, campaign)) {
        answered.put(
            row.path("link").asText(),
            List.of(
                row.path("total").asLong(),
                row.path("unique").asLong(),
                row.path("human_total").asLong(),
                row.path("human_unique").asLong()));
      }
      assertThat(answered).isEqualTo(expected);
    }
  }

  private static long messages(List<KnownEvent> events) {
    return events.stream().map(KnownEvent::message).distinct().count();
  }

  @Test
  void firstAndLastAreOfTheEarliestAndTheLatestClick() {
    String tenant = "link-times";
    insert(
        tenant,
        event(tenant, "clicked", 20, "m1", Map.of("link", "a", "url", "https://x.example/2")),
        event(tenant, "clicked", 10, "m1", Map.of("link", "a", "url", "https://x.example/1")),
        event(
            tenant,
            "clicked",
            30,
            "m1",
            Map.of("link", "a", "url", "https://x.example/3", "verdict", "scanner")));

    JsonNode row = links(tenant, "spring").getFirst();

    assertThat(row.path("first_click").asText()).isEqualTo("2026-10-05 12:00:10.000");
    assertThat(row.path("last_human_click").asText()).isEqualTo("2026-10-05 12:00:20.000");
    assertThat(row.path("url").asText()).isEqualTo("https://x.example/3");
    assertThat(row.path("urls").asInt()).isEqualTo(3);
    assertThat(row.path("total").asInt()).isEqualTo(3);
    assertThat(row.path("unique").asInt()).isEqualTo(1);
  }

  @Test
  void unsubscribingAndOtherEndpointsAreNoClicks() {
    String tenant = "link-kinds";
    Map<String, Object> link = Map.of("link", "u", "url", "https://x.example/u");
    insert(
        tenant,
        event(tenant, "unsubscribe_viewed", 1, "m1", link),
        event(tenant, "unsubscribed", 2, "m1", link),
        event(tenant, "attachment_opened", 3, "m1", link),
        event(tenant, "forwarded", 4, "m1", link),
        event(tenant, "clicked", 5, "m1", Map.of("link", "offer", "url", "https://x.example/")));

    assertThat(links(tenant, "spring"))
        .extracting(row -> row.path("link").asText())
        .containsExactly("offer");
  }

  @Test
  void proofsAreNoClicks() {
    String tenant = "link-proofs";
    Map<String, Object> proof =
        Map.of("link", "a", "url", "https://x", "test", true, "counted", false);
    insert(
        tenant,
        event(tenant, "clicked", 1, "m1", Map.of("link", "a", "url", "https://x")),
        event(tenant, "clicked", 2, "m2", proof));

    JsonNode row = links(tenant, "spring").getFirst();

    assertThat(row.path("total").asInt()).isEqualTo(1);
    assertThat(row.path("last_human_click").asText()).isEqualTo("2026-10-05 12:00:01.000");
  }

  @Test
  void timesFollowEveryJudgementOfAClickAndBearRepeats() {
    String tenant = "link-revised";
    KnownEvent first = event(tenant, "clicked", 1, "m1", Map.of("link", "a", "url", "https://x"));
    KnownEvent second = event(tenant, "clicked", 2, "m2", Map.of("link", "a", "url", "https://x"));
    KnownEvent last = event(tenant, "clicked", 3, "m3", Map.of("link", "a", "url", "https://x"));
    insert(tenant, first, second, last);
    assertThat(humanTimes(tenant)).containsExactly("12:00:01", "12:00:03");

    judge(first, "scanner", 1);
    judge(last, "bot", 1);
    assertThat(humanTimes(tenant)).containsExactly("12:00:02", "12:00:02");

    judge(first, "human", 2);
    judge(first, "scanner", 1);
    assertThat(humanTimes(tenant)).as("the latest stands").containsExactly("12:00:01", "12:00:02");

    judge(first, "bot", 3);
    judge(second, "scanner", 1);
    loaded.clickHouse().execute("OPTIMIZE TABLE link_clicks FINAL");
    judge(second, "human", 0);
    assertThat(humanTimes(tenant)).as("an older one comes again").containsExactly("null", "null");
  }

  private void judge(KnownEvent click, String verdict, int later) {
    Map<String, Object> row = new HashMap<>(click.row());
    row.put("revision", KnownEvent.LAST_REVISION + later);
    row.put("verdict", verdict);
    loaded.clickHouse().insert("event_log", List.of(row));
    loaded.clickHouse().insert("event_log", List.of(row));
  }

  private List<String> humanTimes(String tenant) {
    JsonNode row =
        loaded
            .clickHouse()
            .query(
                """
                SELECT formatDateTime(first_human_click, '%%T') AS a, formatDateTime(last_human_click, '%%T') AS b
                FROM campaign_links WHERE tenant = '%s'
                """
                    .formatted(tenant))
            .getFirst();
    return List.of(row.path("a").asText(), row.path("b").asText());
  }

  @Test
  void oneCampaignIsReadWithoutTheClicksOfOthers() {
    String tenant = "link-many";
    loaded
        .clickHouse()
        .execute(
            """
            INSERT INTO link_clicks
              (tenant, campaign, count_source, link, click, clicker, event_time, url, is_human, revision, expires_on)
            SELECT 'link-others', toString(number % 1000), 'own', 'a', number, number, now64(3), 'https://x', true,
              1 + number % 2, '2299-12-31'
            FROM numbers(200000)
            """);
    insert(
        tenant,
        event(tenant, "clicked", 1, "m1", Map.of("link", "a", "url", "https://x")),
        event(tenant, "clicked", 2, "m1", Map.of("url", "https://y")));
    String one =
        "SELECT * FROM links_of_campaign(of_tenant = 'link-many', of_campaign = 'spring') ORDER BY link";

    assertThat(loaded.clickHouse().query(one))
        .hasSize(2)
        .isEqualTo(
            loaded
                .clickHouse()
                .query("SELECT * FROM campaign_links WHERE tenant = 'link-many' ORDER BY link"));
    assertThat(loaded.clickHouse().rowsRead(one)).isLessThan(100_000);
  }

  @Test
  void clicksWithoutALinkAreToldApartByTheirTarget() {
    String tenant = "link-unnamed";
    insert(
        tenant,
        event(tenant, "clicked", 1, "m1", Map.of("url", "https://x.example/1")),
        event(tenant, "clicked", 2, "m2", Map.of("url", "https://x.example/1")),
        event(tenant, "clicked", 3, "m1", Map.of("url", "https://x.example/2")));

    assertThat(links(tenant, "spring"))
        .extracting(row -> row.path("url").asText() + " " + row.path("unique").asText())
        .containsExactly("https://x.example/1 2", "https://x.example/2 1");
  }

  @Test
  void clickWithoutAMessageIsUniqueByItsRecipientAndSoOn() {
    String tenant = "link-subjects";
    insert(
        tenant,
        event(tenant, "clicked", 1, "", Map.of("link", "a", "url", "https://x")),
        event(tenant, "clicked", 2, "", Map.of("link", "a", "url", "https://x")),
        event(tenant, "clicked", 3, "r", Map.of("link", "a", "url", "https://x")));

    assertThat(links(tenant, "spring").getFirst().path("unique").asInt()).isEqualTo(2);
  }

  @Test
  void campaignThatCountsItsProvidersClicksShowsThose() {
    String tenant = "link-provider";
    insert(
        tenant,
        event(tenant, "clicked", 1, "m1", Map.of("link", "ours", "url", "https://x")),
        event(
            tenant,
            "clicked",
            2,
            "m1",
            Map.of("link", "theirs", "url", "https://x", "provider", "esp")));

    assertThat(links(tenant, "spring").getFirst().path("link").asText()).isEqualTo("ours");
    loaded
        .clickHouse()
        .insert(
            "campaigns",
            List.of(
                Map.of(
                    "tenant",
                    tenant,
                    "campaign",
                    "spring",
                    "count_source",
                    "provider",
                    "version",
                    1)));
    assertThat(links(tenant, "spring"))
        .extracting(row -> row.path("link").asText())
        .containsExactly("theirs");
  }
}
