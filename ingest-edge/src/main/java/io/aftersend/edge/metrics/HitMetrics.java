package io.aftersend.edge.metrics;

import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.metrics.EdgeMetrics.HitOutcome;
import io.aftersend.links.Endpoint;
import io.aftersend.links.TokenStatus;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToLongFunction;

/// The counts of hits of all event loops and other threads, summed at every scrape. Safe for any
/// thread.
@SuppressWarnings("EnumOrdinal") // An array stands for a map.
final class HitMetrics {
  private final List<HitCounts> parts = new CopyOnWriteArrayList<>();

  /// What other threads count; guarded by itself.
  private final HitCounts shared = newPart();

  HitMetrics(PrometheusRegistry registry) {
    counter("hits", "Requests for tracked URLs.", "endpoint", "outcome")
        .callback(
            callback -> {
              for (Endpoint endpoint : Endpoint.values()) {
                for (HitOutcome outcome : HitOutcome.values()) {
                  callback.call(
                      sum(part -> part.hits(endpoint, outcome)), name(endpoint), name(outcome));
                }
              }
            })
        .register(registry);
    counter("tokens_rejected", "Tokens that were refused.", "endpoint", "reason")
        .callback(
            callback -> {
              for (Endpoint endpoint : Endpoint.values()) {
                for (TokenStatus reason : TokenStatus.values()) {
                  callback.call(
                      sum(part -> part.tokensRejected(endpoint, reason)),
                      name(endpoint),
                      reason.wireName());
                }
              }
            })
        .register(registry);
    counter(
            "events_lost",
            "Hits that were answered though their events could not be kept.",
            "reason")
        .callback(
            callback -> {
              for (AppendOutcome reason : AppendOutcome.values()) {
                if (reason != AppendOutcome.KEPT) {
                  callback.call(sum(part -> part.losses(reason)), reason.wireName());
                }
              }
            })
        .register(registry);
  }

  /// The counts of one more event loop.
  HitCounts newPart() {
    HitCounts part = new HitCounts();
    parts.add(part);
    return part;
  }

  void hit(Endpoint endpoint, HitOutcome outcome) {
    synchronized (shared) {
      shared.hit(endpoint, outcome);
    }
  }

  private double sum(ToLongFunction<HitCounts> count) {
    return parts.stream().mapToLong(count).sum();
  }

  private static CounterWithCallback.Builder counter(String name, String help, String... labels) {
    return CounterWithCallback.builder()
        .name("aftersend_edge_" + name + "_total")
        .help(help)
        .labelNames(labels);
  }

  private static String name(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
