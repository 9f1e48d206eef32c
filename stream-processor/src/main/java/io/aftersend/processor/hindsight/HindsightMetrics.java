package io.aftersend.processor.hindsight;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What judging again did. After a crash, what an aborted transaction did is counted again here,
/// though not in any result.
public final class HindsightMetrics {
  private final Counter rejudged;
  private final Counter beyondMemory;
  private final Counter unrevised;

  public HindsightMetrics(PrometheusRegistry registry) {
    rejudged =
        Counter.builder()
            .name("aftersend_processor_rejudged_total")
            .help("Revisions of earlier hits, by the new verdict and its first reason.")
            .labelNames("verdict", "reason")
            .register(registry);
    beyondMemory =
        Counter.builder()
            .name("aftersend_processor_hits_beyond_memory_total")
            .help(
                "Hits judged on their own evidence, since their message had too many before them.")
            .register(registry);
    unrevised =
        Counter.builder()
            .name("aftersend_processor_unrevised_total")
            .help("Hits that kept an earlier judgement because the time to keep them was changed.")
            .register(registry);
  }

  void onRejudged(String verdict, String reason) {
    rejudged.labelValues(verdict, reason).inc();
  }

  void onUnrevised() {
    unrevised.inc();
  }

  void onBeyondMemory() {
    beyondMemory.inc();
  }
}
