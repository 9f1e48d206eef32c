package io.aftersend.processor;

import io.aftersend.runtime.lifecycle.ShutdownSignal;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.TenantsWatcher;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.PrintStream;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The stream processor as a program.
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /// Runs the processor until a stop is requested.
  ///
  /// @param values configuration by whole key
  /// @param out takes the `READY` line
  /// @return the exit code: 0 after a requested stop, 1 where the topology ended by itself
  /// @throws StartupException where it cannot start, with one line for the user
  public static int run(Map<String, String> values, PrintStream out) throws InterruptedException {
    ProcessorConfig config = ProcessorConfig.from(values);
    PrometheusRegistry registry = new PrometheusRegistry();
    try (ShutdownSignal shutdown = ShutdownSignal.install();
        TenantsWatcher tenants = TenantsWatcher.start(config.tenantsFile(), registry);
        ProcessorService service = ProcessorService.start(config, tenants, registry)) {
      service.health().addCheck("tenants", tenants::problem);
      service.onFailure(shutdown::signal);
      log.info("Configuration:\n{}", config.effective());
      out.printf(
          "READY processor=%s clickhouse=%s kafka=%s%n",
          service.adminUrl(),
          config.sink().clickHouse().url(),
          config.kafka().cluster().bootstrap());
      out.flush();
      shutdown.await();
      String failure = service.failure();
      if (failure != null) {
        log.error("Stopping: {}", failure);
        return 1;
      }
      return 0;
    }
  }
}
