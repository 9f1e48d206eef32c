package io.aftersend.query;

import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.ShutdownSignal;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.TenantsWatcher;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.PrintStream;
import java.net.URI;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The API as a program of its own.
public final class Main {
  private static final Logger log = LoggerFactory.getLogger(Main.class);

  private Main() {}

  /// Runs the API until it is asked to stop.
  ///
  /// @param values the configuration by whole key
  /// @param out gets the line that says that the service is ready
  /// @return the exit code
  /// @throws StartupException what the user can mend: one line, without a stack trace
  public static int run(Map<String, String> values, PrintStream out) {
    ApiConfig config = ApiConfig.from(values);
    PrometheusRegistry registry = new PrometheusRegistry();
    try (ShutdownSignal shutdown = ShutdownSignal.install();
        TenantsWatcher tenants = TenantsWatcher.start(config.tenantsFile(), registry);
        ApiService service = ApiService.start(config, tenants, registry, edgeUrl(config))) {
      service.health().addCheck("tenants", tenants::problem);
      log.info("Configuration:\n{}", config.effective());
      out.printf(
          "READY api=%s clickhouse=%s kafka=%s%n",
          service.url(), config.clickHouse().url(), config.kafka().cluster().bootstrap());
      out.flush();
      shutdown.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return 0;
  }

  private static URI edgeUrl(ApiConfig config) {
    if (config.publicUrl() != null) {
      return config.publicUrl();
    }
    if (config.edgePort() == 0) {
      throw new StartupException(
          "%s: expected the base of tracked URLs, since %s is 0, got nothing"
              .formatted(ConfigKey.PUBLIC_URL.key(), ConfigKey.EDGE_PORT.key()));
    }
    String host = config.edgeHost();
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + config.edgePort());
  }
}
