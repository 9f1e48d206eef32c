package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftersend.it.MetricsReference.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The reference of metrics against the code that names them and the panels that ask for them.
class MetricsReferenceTest {
  private static final Path ROOT = Path.of("..");

  /// A metric's whole name, or its beginning for the edge's.
  private static final Pattern NAMED =
      Pattern.compile("(?:\\.name\\(|NAME = |lag\\()\\s*\"(aftersend_[a-z_]*[a-z])\"\\)?[,;]?\\s");

  private static final Pattern NAMED_BY_EDGE =
      Pattern.compile("\\b(counter|gauge)\\(\\s*\"([a-z_]+)\",");

  private static final Pattern BY = Pattern.compile("\\bby \\(([^)]*)\\)");

  /// What Prometheus and its histograms add to every metric.
  private static final Set<String> ADDED = Set.of("instance", "job", "le");

  @Test
  void tellsEveryMetricOfTheCodeAndNoOther() throws IOException {
    Set<String> named = new TreeSet<>();
    for (Path file : sources()) {
      String source = Files.readString(file);
      if (!source.contains("io.prometheus.") && !source.contains("EdgeMetrics")) {
        continue;
      }
      NAMED.matcher(source).results().forEach(found -> named.add(found.group(1)));
      if (file.toString().contains("ingest-edge")) {
        Matcher found = NAMED_BY_EDGE.matcher(source);
        while (found.find()) {
          String end = found.group(1).equals("counter") ? "_total" : "";
          named.add("aftersend_edge_" + found.group(2) + end);
        }
      }
    }

    assertThat(named).hasSizeGreaterThan(60);
    assertThat(MetricsReference.written().keySet()).isEqualTo(named);
  }

  @Test
  void countersAloneEndWithTotal() throws IOException {
    MetricsReference.written()
        .forEach(
            (name, metric) ->
                assertThat(name.endsWith("_total"))
                    .as(name)
                    .isEqualTo(metric.type().equals("counter")));
  }

  @Test
  void panelsAskForMetricsAndLabelsThatThereAre() throws IOException {
    Map<String, Metric> written = MetricsReference.written();
    List<String> questions = questions();

    assertThat(questions).hasSizeGreaterThan(5);
    for (String question : questions) {
      Set<String> known = new TreeSet<>(ADDED);
      Set<String> series = MetricsReference.series(question);
      assertThat(series).as(question).isNotEmpty();
      for (String name : series) {
        Metric metric = written.get(MetricsReference.metric(name, written.keySet()));
        assertThat(metric).as(question).isNotNull();
        known.addAll(metric.labels());
      }
      Matcher by = BY.matcher(question);
      while (by.find()) {
        assertThat(known).as(question).contains(by.group(1).split(",\\s*", -1));
      }
    }
  }

  private static List<Path> sources() throws IOException {
    List<Path> sources = new ArrayList<>();
    for (String module : List.of("runtime", "ingest-edge", "stream-processor", "query-api")) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/main/java"))) {
        files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
      }
    }
    return sources;
  }

  /// The PromQL of all panels.
  private static List<String> questions() throws IOException {
    List<String> questions = new ArrayList<>();
    ObjectMapper json = new ObjectMapper();
    try (Stream<Path> files = Files.list(ROOT.resolve("grafana/dashboards"))) {
      for (Path file : files.sorted().toList()) {
        JsonNode dashboard = json.readTree(Files.readAllBytes(file));
        dashboard.findValuesAsText("expr").forEach(questions::add);
      }
    }
    return questions;
  }
}
