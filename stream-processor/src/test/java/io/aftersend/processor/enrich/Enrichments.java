package io.aftersend.processor.enrich;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.function.LongSupplier;
import ua_parser.Parser;

/// Makes enrichments for tests, which share the library's rules: these take half a second to load.
public final class Enrichments {
  private static final Parser LIBRARY = new Parser();

  private Enrichments() {}

  public static Enrichment with(List<Path> placesFiles, PrometheusRegistry registry) {
    EnrichMetrics metrics = new EnrichMetrics(registry);
    return new Enrichment(agents(metrics), PlacesFiles.open(placesFiles, metrics), metrics);
  }

  /// @param clockNs by which the time of reading is measured
  static Agents agents(LongSupplier clockNs, EnrichMetrics metrics) {
    return new Agents(LIBRARY, clockNs, metrics);
  }

  static Agents agents(EnrichMetrics metrics) {
    return new Agents(LIBRARY, System::nanoTime, metrics);
  }
}
