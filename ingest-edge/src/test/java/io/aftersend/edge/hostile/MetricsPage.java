package io.aftersend.edge.hostile;

import io.aftersend.edge.RunningEdge;
import java.io.IOException;

/// An edge's metrics at one moment.
record MetricsPage(String text) {
  private static final String PREFIX = "aftersend_edge_";

  static MetricsPage of(RunningEdge edge) throws IOException, InterruptedException {
    return new MetricsPage(edge.metrics());
  }

  /// The value of a series.
  ///
  /// @param series its name without the prefix of all, with its labels
  double value(String series) {
    String start = PREFIX + series + " ";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected a metric " + start + "in\n" + text));
  }
}
