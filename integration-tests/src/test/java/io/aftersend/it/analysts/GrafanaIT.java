package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.analysts.LoadedClickHouse.Loaded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The provisioned dashboards and alert rules: every query against the real engine, with the macros
/// of Grafana's ClickHouse data source expanded as it does.
class GrafanaIT {
  private static final GrafanaQuery.Choice CHOICE =
      new GrafanaQuery.Choice(
          "acme",
          "spring",
          Instant.parse("2026-05-01T00:00:00Z"),
          Instant.parse("2026-12-01T00:00:00Z"));

  private static final Pattern RULE =
      Pattern.compile(
          "uid: aftersend-(\\S+).*?rawSql: \"(.*?)\"\n.*?params: \\[([0-9.]+)]", Pattern.DOTALL);

  private static Loaded loaded;

  @BeforeAll
  static void load() {
    loaded = LoadedClickHouse.load();
    loaded.clickHouse().insert("accounting", List.of(lane("edge", 0, 0), lane("processor", 0, 0)));
    loaded
        .clickHouse()
        .execute(
            "INSERT INTO campaign_metrics (tenant, campaign, dimension, dimension_value, counters, version) VALUES"
                + " ('acme', 'spring', 'device', 'mobile', {'opened.total': 3, 'opened.unique': 2}, 1)");
    loaded
        .clickHouse()
        .execute(
            "INSERT INTO signals (signal_id, tenant, signal, day, event_time, raised_at)"
                + " VALUES ('s', 'acme', 'clicked', '2026-10-01', '2026-10-01', '2026-10-01')");
  }

  @AfterAll
  static void close() {
    loaded.close();
  }

  private static Map<String, Object> lane(String stage, int lost, long lagMs) {
    boolean isEdge = stage.equals("edge");
    Map<String, Object> row = new HashMap<>();
    row.put("stage", stage);
    row.put("edge", isEdge ? "edge-1" : "");
    row.put("journal", "0123456789abcdef");
    row.put("lane", 0);
    row.put("time", "2026-10-01 00:00:00.000");
    row.put("highest", 10 + lost);
    row.put("acknowledged", isEdge ? 10 : null);
    row.put("waiting", isEdge ? 0 : null);
    row.put("stored", isEdge ? null : 10);
    row.put("repeats", isEdge ? null : 0);
    row.put("dropped", Map.of("budget_spent", lost));
    row.put("lag_ms", isEdge ? lagMs : null);
    row.put("version", lagMs);
    return row;
  }

  @Test
  void everyQueryGivesRowsAlsoInTheFormatOfTheDataSource() throws IOException {
    List<GrafanaQuery> queries = GrafanaQuery.all();

    assertThat(queries).hasSizeGreaterThan(14);
    for (GrafanaQuery query : queries) {
      String sql = query.expanded(CHOICE);
      List<JsonNode> rows = loaded.clickHouse().query(sql);
      assertThat(rows).as(query.panel() + ": " + sql).isNotEmpty();
      assertThat(loaded.clickHouse().nativeBytes(sql)).as(query.panel()).isPositive();
      if (query.isSeries()) {
        List<String> columns = new ArrayList<>();
        rows.getFirst().fieldNames().forEachRemaining(columns::add);
        assertThat(columns).as(query.panel()).startsWith("time").hasSizeGreaterThan(1);
      }
    }
  }

  @Test
  void dashboardsAreSoundAndTheirPanelsLieApart() throws IOException {
    Set<String> uids = new HashSet<>();
    for (JsonNode dashboard : GrafanaQuery.dashboards()) {
      assertThat(uids.add(dashboard.path("uid").asText())).isTrue();
      assertThat(dashboard.path("schemaVersion").asInt()).isPositive();
      Set<String> cells = new HashSet<>();
      for (JsonNode panel : dashboard.path("panels")) {
        assertThat(panel.path("title").asText()).isNotEmpty();
        assertThat(panel.at("/datasource/uid").asText()).startsWith("aftersend-");
        JsonNode place = panel.path("gridPos");
        for (int x = 0; x < place.path("w").asInt(); x++) {
          for (int y = 0; y < place.path("h").asInt(); y++) {
            assertThat(x + place.path("x").asInt()).isLessThan(24);
            assertThat(
                    cells.add((x + place.path("x").asInt()) + "," + (y + place.path("y").asInt())))
                .as(dashboard.path("title") + ": " + panel.path("title"))
                .isTrue();
          }
        }
      }
    }
  }

  @Test
  void everyRuleIsQuietUntilItIsBroken(@TempDir Path directory) throws IOException {
    try (LoneClickHouse clickHouse = LoneClickHouse.startIn(directory)) {
      addCampaign(clickHouse, "healthy", 40, 1);
      clickHouse.insert("accounting", List.of(lane("edge", 0, 0), lane("processor", 0, 0)));
      Map<String, Double> before = excesses(clickHouse);
      assertThat(before.keySet())
          .containsExactlyInAnyOrder("complaint-rate", "bounce-rate", "lag", "loss");
      assertThat(before.values()).allSatisfy(excess -> assertThat(excess).isNotPositive());

      addCampaign(clickHouse, "broken", 200, 9);
      clickHouse.insert("accounting", List.of(lane("edge", 3, 90_000)));

      assertThat(excesses(clickHouse).values())
          .allSatisfy(excess -> assertThat(excess).isPositive());
    }
  }

  /// 2,000 messages of which some bounced and some were complained of.
  private static void addCampaign(
      LoneClickHouse clickHouse, String campaign, int bounced, int complained) {
    clickHouse.execute(
        ("INSERT INTO campaign_metrics (tenant, campaign, counters, version) VALUES ('acme', '%s',"
                + " {'sent.total': 2000, 'sent.unique': 2000, 'delivered.total': 1800,"
                + " 'delivered.unique': 1800, 'state.delivered': 1800, 'state.hard': %d,"
                + " 'complained.total': %d, 'complained.unique': %d}, 1)")
            .formatted(campaign, bounced, complained, complained));
  }

  /// By how much each rule's value is over its threshold.
  private static Map<String, Double> excesses(LoneClickHouse clickHouse) throws IOException {
    String rules =
        Files.readString(GrafanaQuery.DIRECTORY.resolve("provisioning/alerting/aftersend.yaml"));
    Map<String, Double> excesses = new HashMap<>();
    Matcher rule = RULE.matcher(rules);
    while (rule.find()) {
      List<JsonNode> rows = clickHouse.query(rule.group(2));
      assertThat(rows).as(rule.group(1)).hasSize(1);
      double threshold = Double.parseDouble(rule.group(3));
      excesses.put(rule.group(1), rows.getFirst().path("value").asDouble() - threshold);
    }
    return excesses;
  }
}
