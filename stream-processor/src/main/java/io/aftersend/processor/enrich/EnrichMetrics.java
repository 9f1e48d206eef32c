package io.aftersend.processor.enrich;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What enrichment did. Safe for any thread.
public final class EnrichMetrics {
  private final Counter agents;
  private final Counter places;
  private final Counter reloads;
  private final Gauge built;

  public EnrichMetrics(PrometheusRegistry registry) {
    agents =
        Counter.builder()
            .name("aftersend_processor_agents_total")
            .help("User agents of people's hits, by how they were read: hit or miss of the cache.")
            .labelNames("result")
            .register(registry);
    places =
        Counter.builder()
            .name("aftersend_processor_places_total")
            .help("Addresses of people's hits looked up in the places file, by what came of it.")
            .labelNames("result")
            .register(registry);
    reloads =
        Counter.builder()
            .name("aftersend_processor_places_reloads_total")
            .help("Changes of the places file that were noticed, by what came of them.")
            .labelNames("result")
            .register(registry);
    built =
        Gauge.builder()
            .name("aftersend_processor_places_built_seconds")
            .help("When the oldest places database in use was made, Unix time; 0 without any.")
            .register(registry);
    for (AgentResult result : AgentResult.values()) {
      agents.initLabelValues(result.label);
    }
    for (PlaceResult result : PlaceResult.values()) {
      places.initLabelValues(result.label);
    }
    reloads.initLabelValues("loaded");
    reloads.initLabelValues("failed");
  }

  /// How a user agent was read.
  enum AgentResult {
    HIT("hit"),
    MISS("miss"),
    /// Too much time went into new agents: it was read by its plainest signs alone.
    SKIPPED("skipped"),
    /// It was read, and nothing came of it but an error.
    FAILED("failed");

    private final String label;

    AgentResult(String label) {
      this.label = label;
    }
  }

  /// What came of a look-up.
  enum PlaceResult {
    FOUND("found"),
    UNKNOWN("unknown"),
    FAILED("failed");

    private final String label;

    PlaceResult(String label) {
      this.label = label;
    }
  }

  void onAgent(AgentResult result) {
    agents.labelValues(result.label).inc();
  }

  void onPlace(PlaceResult result) {
    places.labelValues(result.label).inc();
  }

  void onReload(boolean isUsable) {
    reloads.labelValues(isUsable ? "loaded" : "failed").inc();
  }

  void onPlacesInUse(@Nullable Instant builtAt) {
    built.set(builtAt == null ? 0 : (double) builtAt.getEpochSecond());
  }
}
