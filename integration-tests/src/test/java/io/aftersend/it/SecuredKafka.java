package io.aftersend.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;

/// A Kafka of somebody else: started by its own main class, in a process of its own, and open to
/// those alone who sign in by SASL.
final class SecuredKafka implements AutoCloseable {
  static final String USER = "aftersend";
  private static final String PASSWORD = "secret-of-the-test";
  private static final String MODULE =
      "org.apache.kafka.common.security.plain.PlainLoginModule required";
  private static final Duration START_DEADLINE = Duration.ofMinutes(2);

  private final Process process;
  private final String bootstrap;

  private SecuredKafka(Process process, String bootstrap) {
    this.process = process;
    this.bootstrap = bootstrap;
  }

  static SecuredKafka startIn(Path directory) throws IOException, InterruptedException {
    int port = LoneKafka.freePort();
    int controller = LoneKafka.freePort();
    Path properties = directory.resolve("server.properties");
    Files.writeString(
        properties,
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=CLIENTS://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=CLIENTS://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        inter.broker.listener.name=CLIENTS
        listener.security.protocol.map=CLIENTS:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT
        sasl.enabled.mechanisms=PLAIN
        sasl.mechanism.inter.broker.protocol=PLAIN
        listener.name.clients.plain.sasl.jaas.config=%3$s username="broker" password="b" user_broker="b" user_%4$s="%5$s";
        auto.create.topics.enable=false
        offsets.topic.replication.factor=1
        offsets.topic.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=4
        group.initial.rebalance.delay.ms=0
        log.dirs=%6$s
        """
            .formatted(port, controller, MODULE, USER, PASSWORD, directory.resolve("log")));
    Process format =
        java(
            directory,
            "kafka.tools.StorageTool",
            "format",
            "--cluster-id",
            Uuid.randomUuid().toString(),
            "--config",
            properties.toString());
    if (format.waitFor() != 0) {
      throw new AssertionError("not formatted: " + Files.readString(output(directory)));
    }
    SecuredKafka kafka =
        new SecuredKafka(
            java(directory, "kafka.Kafka", properties.toString()), "127.0.0.1:" + port);
    kafka.awaitStart(directory);
    return kafka;
  }

  private static Process java(Path directory, String mainClass, String... arguments)
      throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                SharedClasses.CLASS_PATH,
                mainClass));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(directory.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output(directory).toFile()))
        .start();
  }

  private static Path output(Path directory) {
    return directory.resolve("kafka.log");
  }

  private void awaitStart(Path directory) throws IOException {
    long endNs = System.nanoTime() + START_DEADLINE.toNanos();
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > endNs) {
        throw new AssertionError("no broker: " + Files.readString(output(directory)));
      }
      LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
    }
  }

  private boolean answers() {
    try (Admin admin =
        Admin.create(
            Map.of(
                "bootstrap.servers",
                bootstrap,
                "security.protocol",
                "SASL_PLAINTEXT",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                signIn(PASSWORD),
                "default.api.timeout.ms",
                2_000,
                "request.timeout.ms",
                1_000))) {
      admin.listTopics().names().get(3, TimeUnit.SECONDS);
      return true;
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String signIn(String password) {
    return "%s username=\"%s\" password=\"%s\";".formatted(MODULE, USER, password);
  }

  /// The settings of services that sign in.
  Map<String, String> settings() {
    return settings(PASSWORD);
  }

  /// The settings of services that try with that password.
  Map<String, String> settings(String password) {
    return Map.of(
        "AFTERSEND_KAFKA_BOOTSTRAP",
        bootstrap,
        "AFTERSEND_KAFKA_CLIENT_SECURITY_PROTOCOL",
        "SASL_PLAINTEXT",
        "AFTERSEND_KAFKA_CLIENT_SASL_MECHANISM",
        "PLAIN",
        "AFTERSEND_KAFKA_CLIENT_SASL_JAAS_CONFIG",
        signIn(password));
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
