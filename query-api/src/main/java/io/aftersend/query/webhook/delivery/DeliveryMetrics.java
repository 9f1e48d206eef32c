package io.aftersend.query.webhook.delivery;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.DoubleSupplier;

/// The counts of deliveries, for operators. Safe for any thread.
final class DeliveryMetrics {
  private final Counter attempts;
  private final Counter givenUp;
  private final Counter missed;

  /// @param active how many webhooks this instance delivers to
  /// @param lagSeconds age of the oldest event that waits, of all its webhooks
  DeliveryMetrics(PrometheusRegistry registry, DoubleSupplier active, DoubleSupplier lagSeconds) {
    attempts =
        Counter.builder()
            .name("aftersend_webhook_attempts_total")
            .help("Attempts to deliver to a webhook, by result: delivered or failed.")
            .labelNames("result")
            .register(registry);
    givenUp =
        Counter.builder()
            .name("aftersend_webhook_given_up_total")
            .help("Deliveries given up, by whether the dead list had room: listed or unlisted.")
            .labelNames("place")
            .register(registry);
    missed =
        Counter.builder()
            .name("aftersend_webhook_missed_total")
            .help("Records that Kafka no longer had when a webhook came to them.")
            .register(registry);
    GaugeWithCallback.builder()
        .name("aftersend_webhook_subscriptions")
        .help("Webhooks that this instance delivers to.")
        .callback(callback -> callback.call(active.getAsDouble()))
        .register(registry);
    GaugeWithCallback.builder()
        .name("aftersend_webhook_lag_seconds")
        .help("Age of the oldest event that waits for delivery, of all webhooks of this instance.")
        .callback(callback -> callback.call(lagSeconds.getAsDouble()))
        .register(registry);
  }

  void delivered() {
    attempts.labelValues("delivered").inc();
  }

  void failed() {
    attempts.labelValues("failed").inc();
  }

  void gaveUp(boolean isListed) {
    givenUp.labelValues(isListed ? "listed" : "unlisted").inc();
  }

  void missed(long records) {
    missed.inc(records);
  }
}
