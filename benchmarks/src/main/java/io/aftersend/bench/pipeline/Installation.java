package io.aftersend.bench.pipeline;

import io.aftersend.bench.process.BenchProcess;
import io.aftersend.bench.process.JavaCommand;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.runtime.tenants.TenantsFile;
import io.aftersend.standalone.Main;
import io.aftersend.standalone.tenant.TenantAdministration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Kafka, ClickHouse and one processor, each in a process of its own as the launcher runs it, on
/// all of the machine's processors, and what else is added to them. Closing it ends them. For one
/// thread.
public final class Installation implements AutoCloseable {
  /// The only tenant.
  public static final String TENANT = MailEvents.TENANT;

  static final int PARTITIONS = 4;

  private static final Duration START_TIMEOUT = Duration.ofMinutes(2);
  private static final int RETENTION_DAYS = 400;

  private final Path directory;
  private final Deque<BenchProcess> processes = new ArrayDeque<>();
  private final Map<String, String> settings = new HashMap<>();
  private final Map<String, BenchProcess> byName = new HashMap<>();
  private final TenantAdministration.Added tenant;
  private URI admin = URI.create("http://127.0.0.1");

  private Installation(Path directory) {
    this.directory = directory;
    Path tenantsFile = directory.resolve("tenants.json");
    tenant =
        new TenantAdministration(
                new TenantsFile(tenantsFile), new SecureRandom(), InstantSource.system())
            .add(TENANT, "UTC", RETENTION_DAYS);
    set(ConfigKey.TENANTS_FILE, tenantsFile.toString());
  }

  /// Starts everything in an empty directory.
  ///
  /// @param isSinkOn whether results go into ClickHouse
  /// @param processorOptions of the processor's JVM
  /// @throws StartupException when something does not start
  public static Installation start(Path directory, boolean isSinkOn, List<String> processorOptions)
      throws InterruptedException {
    Installation installation = new Installation(directory);
    try {
      installation.startAll(isSinkOn, processorOptions);
      return installation;
    } catch (RuntimeException | InterruptedException e) {
      installation.close();
      throw e;
    }
  }

  private void startAll(boolean isSinkOn, List<String> processorOptions)
      throws InterruptedException {
    set(ConfigKey.DATA_DIR, directory.resolve("data").toString());
    set(ConfigKey.KAFKA_PARTITIONS, Integer.toString(PARTITIONS));
    set(ConfigKey.KAFKA_PORT, "0");
    set(ConfigKey.CLICKHOUSE_PORT, "0");
    set(ConfigKey.PROCESSOR_ADMIN_PORT, "0");
    set(ConfigKey.EDGE_PORT, "0");
    set(ConfigKey.EDGE_ADMIN_PORT, "0");
    set(ConfigKey.API_PORT, "0");
    set(ConfigKey.SINK, isSinkOn ? "on" : "paused");
    set(ConfigKey.KAFKA_BOOTSTRAP, BenchProcess.field(start("kafka", List.of()), "kafka"));
    set(ConfigKey.CLICKHOUSE_URL, BenchProcess.field(start("clickhouse", List.of()), "clickhouse"));
    admin = URI.create(BenchProcess.field(start("processor", processorOptions), "processor"));
  }

  /// Starts one more of our services, on free ports.
  ///
  /// @param name of its command
  /// @return its READY line
  public String add(String name) throws InterruptedException {
    return start(name, List.of());
  }

  /// Sets a key of the services that are started from now on.
  public void set(ConfigKey key, String value) {
    settings.put(key.key(), value);
  }

  private String start(String name, List<String> options) throws InterruptedException {
    BenchProcess process =
        BenchProcess.start(name, JavaCommand.of(options, Main.class, name), settings, directory);
    processes.push(process);
    byName.put(name, process);
    return process.nextLine(START_TIMEOUT);
  }

  /// The tenant, its signing key, and an API key of it with all scopes.
  public TenantAdministration.Added tenant() {
    return tenant;
  }

  /// Address of Kafka.
  String bootstrap() {
    return settings.getOrDefault(ConfigKey.KAFKA_BOOTSTRAP.key(), "");
  }

  /// Base URL of ClickHouse.
  public String clickHouse() {
    return settings.getOrDefault(ConfigKey.CLICKHOUSE_URL.key(), "");
  }

  /// Base URL of the processor's metrics.
  URI admin() {
    return admin;
  }

  /// The names of the programs that run.
  static List<String> names() {
    return List.of("kafka", "clickhouse", "processor");
  }

  /// The ids of a program's processes.
  public List<Long> ids(String name) {
    return process(name).ids();
  }

  private BenchProcess process(String name) {
    return Objects.requireNonNull(byName.get(name), name);
  }

  /// The id of the processor.
  long processorId() {
    return process("processor").id();
  }

  /// Bytes of the files below the processor's state directory.
  long stateBytes() {
    try (var files = Files.walk(directory.resolve("data").resolve("streams"))) {
      return files.mapToLong(Installation::size).sum();
    } catch (IOException | UncheckedIOException e) {
      throw new StartupException("the state directory cannot be read: " + e, e);
    }
  }

  private static long size(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : 0;
    } catch (IOException e) {
      // Compacted away meanwhile.
      return 0;
    }
  }

  @Override
  public void close() {
    while (!processes.isEmpty()) {
      processes.pop().close();
    }
  }
}
