package io.aftersend.processor;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;

/// Reads a counter.
final class RegistryCounter {
  private RegistryCounter() {}

  /// The value of a counter, 0 where it never counted.
  static long value(PrometheusRegistry registry, String name, String... labels) {
    for (MetricSnapshot snapshot : registry.scrape()) {
      if (snapshot instanceof CounterSnapshot counter
          && (counter.getMetadata().getName() + "_total").equals(name)) {
        return counter.getDataPoints().stream()
            .filter(point -> point.getLabels().equals(Labels.of(labels)))
            .mapToLong(point -> (long) point.getValue())
            .sum();
      }
    }
    return 0;
  }
}
