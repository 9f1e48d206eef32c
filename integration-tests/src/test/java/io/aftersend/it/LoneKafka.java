package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.schemas.cluster.KafkaCluster;
import io.aftersend.schemas.migrate.TopicMigrations;
import io.aftersend.schemas.topic.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// A Kafka in a process of its own that can go and come back, always on the same port and with the
/// same data.
final class LoneKafka implements AutoCloseable {
  private static final int PARTITIONS = 4;

  /// Below what systems give to outgoing connections, one of which would else take the port while
  /// Kafka is away.
  private static final int LOWEST_PORT = 15_000;

  private static final int HIGHEST_PORT = 30_000;

  private final Path directory;
  private final int port;
  private @Nullable AftersendProcess process;

  private LoneKafka(Path directory, int port) {
    this.directory = directory;
    this.port = port;
  }

  /// Starts Kafka and makes the topics.
  static LoneKafka startIn(Path directory) throws IOException, InterruptedException {
    Files.createDirectories(directory);
    LoneKafka kafka = new LoneKafka(directory, freePort());
    kafka.start();
    TopicMigrations.run(KafkaCluster.at(kafka.bootstrap()), Topics.withPrefix(""), PARTITIONS);
    return kafka;
  }

  String bootstrap() {
    return "127.0.0.1:" + port;
  }

  /// Comes back, and returns once it takes clients.
  void start() {
    AftersendProcess started =
        AftersendProcess.start(
            directory,
            Map.of(
                "AFTERSEND_DATA_DIR",
                directory.toString(),
                "AFTERSEND_KAFKA_PORT",
                Integer.toString(port)),
            "kafka");
    process = started;
    assertThat(started.ready().field("kafka")).isEqualTo(bootstrap());
  }

  /// SIGTERM; Kafka ends in order.
  void stop() {
    AftersendProcess running = process;
    process = null;
    if (running != null) {
      assertThat(running.stop()).as(running.outputText()).isZero();
    }
  }

  /// SIGKILL.
  void kill() {
    AftersendProcess running = process;
    process = null;
    if (running != null) {
      running.kill();
    }
  }

  @Override
  public void close() {
    kill();
  }

  /// A port that stays free while nobody listens on it.
  static int freePort() {
    while (true) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST_PORT, HIGHEST_PORT);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException e) {
        // Taken: try another.
      }
    }
  }
}
