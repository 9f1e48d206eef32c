package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/// All services, each in a process of its own, of which Kafka, ClickHouse and the processor with
/// its sink can be killed and come back with their data. Edge and API run on meanwhile.
final class KillableServices implements AutoCloseable {
  static final String TENANT = "acme";

  /// The shortest that brokers allow, so that a killed processor's partitions are soon free.
  private static final String SESSION_TIMEOUT = "6s";

  /// What can be killed.
  enum Service {
    PROCESSOR("processor"),
    CLICKHOUSE("clickhouse"),
    KAFKA("kafka");

    private final String command;

    Service(String command) {
      this.command = command;
    }
  }

  private final Path directory;
  private final Map<String, String> settings;
  private final Map<Service, AftersendProcess> killable = new EnumMap<>(Service.class);
  private final AftersendProcess edge;
  private final AftersendProcess api;
  private final Client client;

  private KillableServices(Path directory) throws IOException {
    this.directory = directory;
    settings = new HashMap<>(RunningUp.settings(directory));
    int kafkaPort = LoneKafka.freePort();
    int clickHousePort = LoneKafka.freePort();
    settings.put("AFTERSEND_KAFKA_PORT", Integer.toString(kafkaPort));
    settings.put("AFTERSEND_KAFKA_BOOTSTRAP", "127.0.0.1:" + kafkaPort);
    settings.put("AFTERSEND_CLICKHOUSE_PORT", Integer.toString(clickHousePort));
    settings.put("AFTERSEND_CLICKHOUSE_URL", "http://127.0.0.1:" + clickHousePort);
    settings.put("AFTERSEND_PROCESSOR_SESSION_TIMEOUT", SESSION_TIMEOUT);
    AftersendProcess added =
        AftersendProcess.start(directory, settings, "tenant", "add", TENANT, "--json");
    assertThat(added.awaitEnd()).as(added.outputText()).isZero();
    String key = Client.json(added.outputText()).get("key").asText();
    start(Service.KAFKA);
    start(Service.CLICKHOUSE);
    ready(Service.KAFKA);
    ready(Service.CLICKHOUSE);
    start(Service.PROCESSOR);
    edge = AftersendProcess.start(directory, settings, "edge");
    ready(Service.PROCESSOR);
    settings.put("AFTERSEND_PUBLIC_URL", edge.ready().field("edge"));
    api = AftersendProcess.start(directory, settings, "api");
    client =
        Client.of(
            edge.ready().field("edge"),
            api.ready().field("api"),
            settings.getOrDefault("AFTERSEND_CLICKHOUSE_URL", ""),
            key);
  }

  static KillableServices startIn(Path directory) throws IOException {
    return new KillableServices(directory);
  }

  Client client() {
    return client;
  }

  /// SIGKILL to a service and all its children, which begins anew at once; returns before it is
  /// ready, so that the next kill may come while it starts.
  void kill(Service service) {
    AftersendProcess process = killable.get(service);
    if (process != null) {
      process.handle().descendants().forEach(ProcessHandle::destroyForcibly);
      process.kill();
    }
    start(service);
  }

  /// Starts again what has ended by itself, as a supervisor does: the processor gives up when its
  /// threads die again and again.
  ///
  /// @return whether anything had
  boolean restartEnded() {
    boolean hasEnded = false;
    for (Service service : Service.values()) {
      AftersendProcess process = killable.get(service);
      if (process != null && !process.handle().isAlive()) {
        start(service);
        hasEnded = true;
      }
    }
    return hasEnded;
  }

  private void start(Service service) {
    killable.put(service, AftersendProcess.start(directory, settings, service.command));
  }

  private void ready(Service service) {
    AftersendProcess process = killable.get(service);
    if (process == null) {
      throw new IllegalStateException(service + " was not started");
    }
    process.ready();
  }

  @Override
  public void close() {
    api.close();
    edge.close();
    for (Service service : Service.values()) {
      AftersendProcess process = killable.get(service);
      if (process != null) {
        process.close();
      }
    }
  }
}
