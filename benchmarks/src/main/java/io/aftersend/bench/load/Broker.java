package io.aftersend.bench.load;

import io.aftersend.bench.process.BenchProcess;
import io.aftersend.bench.process.JavaCommand;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.cluster.KafkaCluster;
import io.aftersend.schemas.migrate.MigrationException;
import io.aftersend.schemas.migrate.TopicMigrations;
import io.aftersend.schemas.topic.Topics;
import io.aftersend.standalone.Main;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// A real Kafka broker as a process on the load's processor, with our topics. What it uses is in no
/// figure.
///
/// @param bootstrap its address
record Broker(BenchProcess process, String bootstrap) implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
  private static final int PARTITIONS = 8;

  static Broker start(Cores cores, Site site) throws InterruptedException {
    Path directory = site.subdirectory("kafka");
    BenchProcess process =
        BenchProcess.start(
            "kafka",
            cores.load(),
            JavaCommand.of(Main.class, "kafka"),
            Map.of(
                ConfigKey.DATA_DIR.key(),
                directory.resolve("data").toString(),
                ConfigKey.KAFKA_PORT.key(),
                "0"),
            directory);
    try {
      String bootstrap = BenchProcess.field(process.nextLine(START_TIMEOUT), "kafka");
      TopicMigrations.run(KafkaCluster.at(bootstrap), Topics.withPrefix(""), PARTITIONS);
      return new Broker(process, bootstrap);
    } catch (MigrationException e) {
      process.close();
      throw new StartupException("topics cannot be made: " + e.getMessage(), e);
    } catch (RuntimeException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
