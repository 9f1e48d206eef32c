package io.aftersend.edge.forward;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.function.Supplier;

/// What is counted on the way to Kafka. Safe for any thread.
final class ForwardMetrics {
  /// An observation for every so many acknowledgements: what it costs counts at full speed.
  private static final int SAMPLE = 64;

  private final Counter acknowledged;
  private final Counter publishFailures;
  private final Histogram publishSeconds;
  private final PrometheusRegistry registry;

  /// Of Kafka's own thread, of which there is one at a time.
  private int unsampled;

  ForwardMetrics(PrometheusRegistry registry) {
    this.registry = registry;
    acknowledged =
        Counter.builder()
            .name("aftersend_edge_events_acknowledged_total")
            .help("Events that Kafka acknowledged, re-sent ones included.")
            .register(registry);
    publishFailures =
        Counter.builder()
            .name("aftersend_edge_publish_failures_total")
            .help("Attempts to send an event that failed.")
            .labelNames("error")
            .register(registry);
    publishSeconds =
        Histogram.builder()
            .name("aftersend_edge_publish_seconds")
            .help(
                "Time from handing an event to the Kafka client to its acknowledgement; a sample.")
            .classicUpperBounds(0.001, 0.005, 0.02, 0.1, 0.5, 2, 10, 60)
            .register(registry);
  }

  void acknowledged(long tookNs) {
    acknowledged.inc();
    if (++unsampled >= SAMPLE) {
      unsampled = 0;
      publishSeconds.observe(tookNs / 1e9);
    }
  }

  void publishFailed(Exception error) {
    publishFailures.labelValues(error.getClass().getSimpleName()).inc();
  }

  /// Shows the accounts, which are asked for at every scrape.
  void show(Supplier<List<LaneAccount>> accounts) {
    GaugeWithCallback.builder()
        .name("aftersend_edge_lane_events")
        .help(
            "Sequence numbers of a lane by what became of them: highest = acknowledged + waiting +"
                + " dropped. Re-sent ones are in no sum.")
        .labelNames("journal", "lane", "state")
        .callback(
            callback -> {
              for (LaneAccount account : accounts.get()) {
                String lane = Integer.toString(account.lane());
                callback.call((double) account.highest(), account.journal(), lane, "highest");
                callback.call(
                    (double) account.acknowledged(), account.journal(), lane, "acknowledged");
                callback.call((double) account.waiting(), account.journal(), lane, "waiting");
                callback.call(
                    (double) account.dropped().total(), account.journal(), lane, "dropped");
                callback.call((double) account.resent(), account.journal(), lane, "resent");
              }
            })
        .register(registry);
    lag(
        "aftersend_edge_lag_events",
        "Events in the journal that Kafka has not acknowledged.",
        () -> accounts.get().stream().mapToLong(LaneAccount::waiting).sum());
    lag(
        "aftersend_edge_lag_bytes",
        "What these take in the journal.",
        () -> accounts.get().stream().mapToLong(LaneAccount::lagBytes).sum());
    lag(
        "aftersend_edge_lag_seconds",
        "Age of the oldest of them.",
        () -> accounts.get().stream().mapToLong(LaneAccount::lagMs).max().orElse(0) / 1e3);
  }

  private void lag(String name, String help, Supplier<Number> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.get().doubleValue()))
        .register(registry);
  }
}
