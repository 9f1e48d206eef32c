package io.aftersend.edge;

import io.aftersend.runtime.lifecycle.ShutdownSignal;
import io.aftersend.runtime.tenants.TenantsWatcher;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The edge as a program.
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /// Runs an edge until it is asked to stop.
  ///
  /// @param values the configuration by whole key
  /// @param out gets the `READY` line
  /// @return the exit code
  /// @throws io.aftersend.runtime.config.ConfigException when a value is wrong
  /// @throws io.aftersend.runtime.lifecycle.StartupException when something that the user can mend
  ///   keeps it from starting
  public static int run(Map<String, String> values, PrintStream out) throws InterruptedException {
    EdgeConfig config = EdgeConfig.from(values);
    PrometheusRegistry registry = new PrometheusRegistry();
    try (ShutdownSignal shutdown = ShutdownSignal.install();
        TenantsWatcher tenants = TenantsWatcher.start(config.tenantsFile(), registry);
        EdgeService edge = EdgeService.start(config, tenants, registry)) {
      log.info("Configuration:\n{}", config.effective());
      out.println(
          "READY edge=%s admin=%s kafka=%s"
                  .formatted(edge.url(), edge.adminUrl(), config.kafka().cluster().bootstrap())
              + (edge.tlsUrl() == null ? "" : " tls=" + edge.tlsUrl()));
      out.flush();
      shutdown.await();
    }
    return 0;
  }
}
