package io.aftersend.standalone.stack;

import io.aftersend.embedded.EmbeddedStartException;
import io.aftersend.embedded.clickhouse.ClickHouseConfig;
import io.aftersend.embedded.clickhouse.ClickHouseServer;
import io.aftersend.embedded.clickhouse.EngineStore;
import io.aftersend.embedded.kafka.EmbeddedKafka;
import io.aftersend.runtime.lifecycle.StartupException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The start of Kafka and ClickHouse on this machine.
public final class Embedded {
  private Embedded() {}

  /// Starts Kafka in this JVM, its data in `kafka` in the data directory.
  ///
  /// @throws StartupException when it cannot, saying why
  public static EmbeddedKafka kafka(EmbeddedConfig config) {
    try {
      return EmbeddedKafka.start(
          config.dataDirectory().resolve("kafka"), config.kafkaHost(), config.kafkaPort());
    } catch (EmbeddedStartException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }

  /// Starts ClickHouse in a child process, its data in `clickhouse` in the data directory. Fetches
  /// the engine when this machine does not have it.
  ///
  /// @param values the configuration by whole key
  /// @throws StartupException when it cannot, saying why
  public static ClickHouseServer clickHouse(
      EmbeddedConfig config, Map<String, String> values, EngineStore.Progress progress) {
    Path directory = config.dataDirectory().resolve("clickhouse");
    try {
      ClickHouseConfig clickHouse =
          ClickHouseConfig.of(directory, EngineStore.ofMachine(values).require(progress))
              .listeningOn(config.clickHouseHost(), config.clickHousePort())
              .guardedBy(config.clickHousePassword(), config.allowedHosts())
              .loggingTo(Optional.of(directory.resolve("clickhouse.log")));
      Long memoryBytes = config.clickHouseMemoryBytes();
      return ClickHouseServer.start(
          memoryBytes == null
              ? clickHouse
              : clickHouse.limitedTo(memoryBytes, clickHouse.maxStatements()));
    } catch (EmbeddedStartException e) {
      throw new StartupException(String.valueOf(e.getMessage()), e);
    }
  }
}
