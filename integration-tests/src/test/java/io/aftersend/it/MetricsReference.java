package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What operators are told of the metrics: the tables of the reference, and what pages of a service
/// show.
final class MetricsReference {
  private static final Path FILE = Path.of("..", "docs", "metrics-reference.md");
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| `(aftersend_[a-z_]+)` \\| (counter|gauge|histogram) \\|([^|]*)\\| [^|]+ \\|$",
          Pattern.MULTILINE);
  private static final Pattern TYPE = Pattern.compile("^# TYPE (\\S+) (\\S+)$", Pattern.MULTILINE);
  private static final Pattern SERIES =
      Pattern.compile("^(aftersend_[a-z_]+)(?:\\{(.*)})? \\S+$", Pattern.MULTILINE);
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"(?:[^\"\\\\]|\\\\.)*\"");
  private static final Pattern NAME = Pattern.compile("[a-z_]+");
  private static final Pattern PART_OF_HISTOGRAM = Pattern.compile("_(?:bucket|count|sum)$");

  private MetricsReference() {}

  /// One metric as Prometheus knows it.
  ///
  /// @param type `counter`, `gauge` or `histogram`
  /// @param labels without the `le` of a histogram
  record Metric(String type, Set<String> labels) {}

  /// The metrics of the reference by name.
  static Map<String, Metric> written() throws IOException {
    Map<String, Metric> metrics = new TreeMap<>();
    Matcher row = ROW.matcher(Files.readString(FILE));
    while (row.find()) {
      Set<String> labels = new TreeSet<>();
      NAME.matcher(row.group(3)).results().map(MatchResult::group).forEach(labels::add);
      assertThat(metrics.put(row.group(1), new Metric(row.group(2), labels)))
          .as(row.group(1))
          .isNull();
    }
    return metrics;
  }

  /// The metrics of a page in Prometheus's text format by name.
  static Map<String, Metric> shown(String page) {
    Map<String, String> types = new TreeMap<>();
    TYPE.matcher(page).results().forEach(type -> types.put(type.group(1), type.group(2)));
    Map<String, Metric> metrics = new TreeMap<>();
    Matcher series = SERIES.matcher(page);
    while (series.find()) {
      String name = metric(series.group(1), types.keySet());
      Set<String> labels = new TreeSet<>();
      if (series.group(2) != null) {
        LABEL.matcher(series.group(2)).results().map(label -> label.group(1)).forEach(labels::add);
      }
      labels.remove("le");
      metrics.put(name, new Metric(types.getOrDefault(name, "untyped"), labels));
    }
    return metrics;
  }

  /// The metric that a series belongs to.
  static String metric(String series, Set<String> known) {
    return known.contains(series) ? series : PART_OF_HISTOGRAM.matcher(series).replaceFirst("");
  }

  /// All names in a text of PromQL.
  static Set<String> series(String promQl) {
    Set<String> names = new TreeSet<>();
    Pattern.compile("\\baftersend_[a-z_]+")
        .matcher(promQl)
        .results()
        .map(MatchResult::group)
        .forEach(names::add);
    return names;
  }
}
