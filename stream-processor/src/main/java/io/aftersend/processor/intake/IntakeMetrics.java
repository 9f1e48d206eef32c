package io.aftersend.processor.intake;

import io.aftersend.processor.deadletter.Unusable;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// What the first stage did. After a crash, records whose transaction was aborted are counted again
/// here, though not in any result.
public final class IntakeMetrics {
  private final Counter records;
  private final Counter deadLetters;
  private final Counter verdicts;

  public IntakeMetrics(PrometheusRegistry registry) {
    records =
        Counter.builder()
            .name("aftersend_processor_records_total")
            .help("Records read from the topic of events.")
            .register(registry);
    deadLetters =
        Counter.builder()
            .name("aftersend_processor_dead_letters_total")
            .help("Records set aside, by reason.")
            .labelNames("reason")
            .register(registry);
    verdicts =
        Counter.builder()
            .name("aftersend_processor_verdicts_total")
            .help("Events by their own evidence, before hindsight, by verdict and reason.")
            .labelNames("verdict", "reason")
            .register(registry);
  }

  void onRecord() {
    records.inc();
  }

  void onDeadLetter(Unusable.Reason reason) {
    deadLetters.labelValues(reason.wireName()).inc();
  }

  void onVerdict(String verdict, String reason) {
    verdicts.labelValues(verdict, reason).inc();
  }
}
