package io.aftersend.processor.count;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/// What became of rejudgements. After a crash, those whose transaction was aborted are counted
/// again here, though not in any result.
public final class RejudgementMetrics {
  private final Counter rejudgements;

  /// What became of one.
  enum Result {
    /// It stands.
    TAKEN,
    /// It was worked out by other rules than those of the processor.
    OTHER_RULES,
    /// The processor knows of more events, or of fewer.
    OTHER_EVENTS,
    /// The processor knows nothing of the message any more.
    FORGOTTEN,
    /// It is no such record.
    UNDECODABLE
  }

  public RejudgementMetrics(PrometheusRegistry registry) {
    rejudgements =
        Counter.builder()
            .name("aftersend_processor_rejudgements_total")
            .help("Messages judged anew under changed rules, by what became of it.")
            .labelNames("result")
            .register(registry);
  }

  void onRejudgement(Result result) {
    rejudgements.labelValues(result.name().toLowerCase(Locale.ROOT)).inc();
  }
}
