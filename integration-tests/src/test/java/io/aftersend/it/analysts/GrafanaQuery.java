package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A query to ClickHouse of one of the Grafana dashboards.
///
/// @param panel the title of its panel, or the name of its variable
/// @param isSeries whether the panel draws it over time
/// @param sql as it stands in the dashboard, with macros and variables
public record GrafanaQuery(String panel, boolean isSeries, String sql) {
  static final Path DIRECTORY = Path.of("..", "grafana");

  private static final ObjectMapper JSON = new ObjectMapper();

  /// What somebody chose who looks at the dashboards.
  public record Choice(String tenant, String campaign, Instant from, Instant to) {}

  static List<JsonNode> dashboards() throws IOException {
    List<JsonNode> dashboards = new ArrayList<>();
    try (Stream<Path> files = Files.list(DIRECTORY.resolve("dashboards"))) {
      for (Path file : files.sorted().toList()) {
        dashboards.add(JSON.readTree(Files.readAllBytes(file)));
      }
    }
    return dashboards;
  }

  /// The queries of all panels and variables.
  public static List<GrafanaQuery> all() throws IOException {
    List<GrafanaQuery> queries = new ArrayList<>();
    for (JsonNode dashboard : dashboards()) {
      for (JsonNode variable : dashboard.at("/templating/list")) {
        if (variable.path("type").asText().equals("query")) {
          String name = dashboard.path("title").asText() + " $" + variable.path("name").asText();
          queries.add(new GrafanaQuery(name, false, variable.path("query").asText()));
        }
      }
      for (JsonNode panel : dashboard.path("panels")) {
        for (JsonNode target : panel.path("targets")) {
          if (target.has("rawSql")) {
            boolean isSeries = target.path("queryType").asText().equals("timeseries");
            assertThat(target.path("format").asInt()).isEqualTo(isSeries ? 0 : 1);
            queries.add(
                new GrafanaQuery(
                    panel.path("title").asText(), isSeries, target.path("rawSql").asText()));
          }
        }
      }
    }
    return queries;
  }

  /// The SQL that the data source would send, with variables as `:sqlstring` writes them.
  public String expanded(Choice choice) {
    long from = choice.from().getEpochSecond();
    long to = choice.to().getEpochSecond();
    String expanded = sql;
    for (Map.Entry<String, String> variable :
        Map.of(
                "${tenant:sqlstring}",
                "'" + choice.tenant() + "'",
                "${campaign:sqlstring}",
                "'" + choice.campaign() + "'",
                "${zone:sqlstring}",
                "'Asia/Tehran'",
                "${event:sqlstring}",
                "'opened'",
                "${basis:sqlstring}",
                "'event'",
                "${__from:date:iso}",
                choice.from().toString(),
                "${__to:date:iso}",
                choice.to().toString())
            .entrySet()) {
      expanded = expanded.replace(variable.getKey(), variable.getValue());
    }
    expanded =
        expanded
            .replaceAll(
                "\\$__timeFilter\\((\\w+)\\)",
                "$1 >= toDateTime(" + from + ") AND $1 <= toDateTime(" + to + ")")
            .replaceAll(
                "\\$__timeInterval\\((\\w+)\\)",
                "toStartOfInterval(toDateTime($1), INTERVAL 3600 second)")
            .replace("$__fromTime", "toDateTime(" + from + ")")
            .replace("$__toTime", "toDateTime(" + to + ")");
    assertThat(expanded).doesNotContain("$");
    return expanded;
  }
}
