package io.aftersend.processor.list;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What the counting of lists could not count.
public final class ListStageMetrics {
  private final Counter overflows;

  public ListStageMetrics(PrometheusRegistry registry) {
    overflows =
        Counter.builder()
            .name("aftersend_processor_list_overflow_total")
            .help("Events of lists not counted: too many of one recipient on one list.")
            .register(registry);
  }

  void onOverflow() {
    overflows.inc();
  }
}
