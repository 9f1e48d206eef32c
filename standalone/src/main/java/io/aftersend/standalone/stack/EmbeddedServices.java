package io.aftersend.standalone.stack;

import io.aftersend.embedded.clickhouse.ClickHouseServer;
import io.aftersend.embedded.kafka.EmbeddedKafka;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.ShutdownSignal;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Kafka or ClickHouse alone, until it is asked to stop.
public final class EmbeddedServices {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedServices.class);
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private EmbeddedServices() {}

  /// Runs Kafka.
  ///
  /// @return the exit code
  /// @throws io.aftersend.runtime.lifecycle.StartupException when it cannot start
  public static int runKafka(Map<String, String> values, PrintStream out)
      throws InterruptedException {
    EmbeddedConfig config = EmbeddedConfig.from(values);
    PortCheck.require(values, ConfigKey.KAFKA_HOST, ConfigKey.KAFKA_PORT);
    try (ShutdownSignal shutdown = ShutdownSignal.install();
        EmbeddedKafka kafka = Embedded.kafka(config)) {
      out.println("READY kafka=" + kafka.bootstrap());
      out.flush();
      while (!shutdown.await(LOOK_EVERY)) {
        Optional<String> failure = kafka.failure();
        if (failure.isPresent()) {
          log.error("Kafka has failed: {}", failure.get());
          return 1;
        }
      }
      return 0;
    }
  }

  /// Runs ClickHouse in a child process, which is started again when it dies.
  ///
  /// @param progress of fetching the engine
  /// @return the exit code
  /// @throws io.aftersend.runtime.lifecycle.StartupException when it cannot start
  public static int runClickHouse(Map<String, String> values, PrintStream out, EngineFetch progress)
      throws InterruptedException {
    EmbeddedConfig config = EmbeddedConfig.from(values);
    PortCheck.require(values, ConfigKey.CLICKHOUSE_HOST, ConfigKey.CLICKHOUSE_PORT);
    try (ShutdownSignal shutdown = ShutdownSignal.install();
        ClickHouseServer server = Embedded.clickHouse(config, values, progress)) {
      out.println("READY clickhouse=" + server.url());
      out.flush();
      shutdown.await();
      return 0;
    }
  }
}
