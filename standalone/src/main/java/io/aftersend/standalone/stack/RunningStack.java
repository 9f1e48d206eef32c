package io.aftersend.standalone.stack;

import io.aftersend.embedded.clickhouse.ClickHouseServer;
import io.aftersend.embedded.kafka.EmbeddedKafka;
import io.aftersend.processor.ProcessorService;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.access.ReadyFields;
import io.aftersend.standalone.access.UpFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything on one machine, running: Kafka, edge, processor and API in this JVM, ClickHouse in a
/// child process. While it runs, `up.json` in the data directory tells how to reach it.
/// Thread-safe.
public final class RunningStack implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RunningStack.class);

  private final StartedParts parts;
  private final ReadyFields fields;
  private final UpFile upFile;
  private final @Nullable EmbeddedKafka kafka;
  private final @Nullable ClickHouseServer clickHouse;
  private final ProcessorService processor;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  RunningStack(
      StartedParts parts,
      ReadyFields fields,
      UpFile upFile,
      @Nullable EmbeddedKafka kafka,
      @Nullable ClickHouseServer clickHouse,
      ProcessorService processor) {
    this.parts = parts;
    this.fields = fields;
    this.upFile = upFile;
    this.kafka = kafka;
    this.clickHouse = clickHouse;
    this.processor = processor;
  }

  /// What is told while it starts.
  public interface Progress {
    /// Told once, when the data directory is ours and known to be usable.
    ///
    /// @param dataDirectory its real path
    default void begin(Path dataDirectory) {}

    /// One line about what is being done, for people.
    void step(String line);

    /// How the fetch of ClickHouse's engine goes, on the first start of a machine.
    EngineFetch engine();
  }

  /// Starts everything; returns when all of it is ready.
  ///
  /// @param values the configuration by whole key
  /// @throws StartupException when something cannot start; then nothing is left running
  public static RunningStack start(Map<String, String> values, Progress progress)
      throws InterruptedException {
    StartedParts parts = new StartedParts();
    try {
      return new StackStart(StackConfig.from(values), parts, progress).start();
    } catch (Throwable e) {
      parts.close();
      throw e;
    }
  }

  /// Starts everything within another program, whose log stays as it is.
  ///
  /// @param values the configuration by whole key
  /// @param err gets lines about what is being done
  /// @throws StartupException when something cannot start; then nothing is left running
  public static RunningStack start(Map<String, String> values, PrintStream err)
      throws InterruptedException {
    EngineFetch engine = new EngineFetch(err, false);
    return start(
        values,
        new Progress() {
          @Override
          public void step(String line) {
            err.println(line);
          }

          @Override
          public EngineFetch engine() {
            return engine;
          }
        });
  }

  /// The addresses, the tenant and the key.
  public ReadyFields fields() {
    return fields;
  }

  /// The process of the embedded ClickHouse; empty when another one is used.
  public OptionalLong clickHousePid() {
    return clickHouse == null ? OptionalLong.empty() : OptionalLong.of(clickHouse.pid());
  }

  /// Which part has failed for good and why, in one line; null while all work. ClickHouse is no
  /// reason: it is started again when it dies.
  public @Nullable String failure() {
    String kafkaFailure = kafka == null ? null : kafka.failure().orElse(null);
    if (kafkaFailure != null) {
      return "Kafka has failed: " + kafkaFailure;
    }
    String processorFailure = processor.failure();
    return processorFailure == null ? null : "the processor has failed: " + processorFailure;
  }

  /// Drains and stops everything: edge, processor, API, ClickHouse, Kafka. Further calls do
  /// nothing.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    try {
      upFile.remove();
    } catch (IOException e) {
      log.warn("{} could not be removed: {}", upFile.path(), e.toString());
    }
    parts.close();
  }
}
