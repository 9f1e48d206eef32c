package io.aftersend.runtime.admin;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/// The metrics of a registry as Prometheus text, for any HTTP library. Safe for any thread.
public final class MetricsText {
  /// The media type of the text, with version and character set.
  public static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

  private MetricsText() {}

  /// The present values of all metrics, as UTF-8 text.
  public static byte[] of(PrometheusRegistry registry) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      write(registry, text);
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail to be written", e);
    }
    return text.toByteArray();
  }

  /// Writes the present values of all metrics to `out`, as UTF-8 text; `out` stays open.
  public static void write(PrometheusRegistry registry, OutputStream out) throws IOException {
    PrometheusTextFormatWriter.create()
        .write(out, registry.scrape(), EscapingScheme.UNDERSCORE_ESCAPING);
  }
}
