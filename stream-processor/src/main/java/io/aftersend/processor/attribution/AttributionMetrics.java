package io.aftersend.processor.attribution;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What attribution did. After a crash, decisions whose transaction was aborted are counted again
/// here, though not in any result.
public final class AttributionMetrics {
  private final Counter decisions;
  private final Counter overflows;

  public AttributionMetrics(PrometheusRegistry registry) {
    decisions =
        Counter.builder()
            .name("aftersend_processor_attributions_total")
            .help(
                "Decisions, first and changed ones, about conversions that name their recipient"
                    + " only, by outcome.")
            .labelNames("outcome")
            .register(registry);
    overflows =
        Counter.builder()
            .name("aftersend_processor_attribution_overflow_total")
            .help("Conversions not attributed: too many of one recipient.")
            .register(registry);
  }

  void onDecision(String outcome) {
    decisions.labelValues(outcome).inc();
  }

  void onOverflow() {
    overflows.inc();
  }
}
