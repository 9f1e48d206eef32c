package io.aftersend.processor.signal;

import io.aftersend.schemas.signal.Signal;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/// Signals raised. After a crash, those whose transaction was aborted are counted again here,
/// though they are in no topic.
public final class SignalMetrics {
  private final Counter raised;

  public SignalMetrics(PrometheusRegistry registry) {
    raised =
        Counter.builder()
            .name("aftersend_processor_signals_total")
            .help("Signals raised, by kind.")
            .labelNames("signal")
            .register(registry);
  }

  void onRaised(Signal signal) {
    raised.labelValues(signal.getSignal()).inc();
  }
}
