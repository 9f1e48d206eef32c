package io.aftersend.query.http;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Set;

/// The counts and times of requests by route, for operators. Safe for any thread.
public final class RequestMetrics implements Routes.Observer {
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH");
  private static final double NS_PER_SECOND = 1e9;

  private final Counter requests;
  private final Histogram seconds;

  public RequestMetrics(PrometheusRegistry registry) {
    requests =
        Counter.builder()
            .name("aftersend_api_requests_total")
            .help("Requests answered, by route, method and status.")
            .labelNames("route", "method", "status")
            .register(registry);
    seconds =
        Histogram.builder()
            .name("aftersend_api_request_seconds")
            .help("Time from routing to the answer being ready, by route.")
            .labelNames("route")
            .classicOnly()
            .classicUpperBounds(.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30)
            .register(registry);
  }

  @Override
  public void answered(String template, String method, int status, long elapsedNs) {
    // A client can send any method; only known ones may become a label.
    String known = METHODS.contains(method) ? method : "other";
    requests.labelValues(template, known, Integer.toString(status)).inc();
    seconds.labelValues(template).observe(elapsedNs / NS_PER_SECOND);
  }
}
