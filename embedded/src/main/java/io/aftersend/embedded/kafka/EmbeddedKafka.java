package io.aftersend.embedded.kafka;

import io.aftersend.embedded.EmbeddedStartException;
import io.aftersend.embedded.Ports;
import io.aftersend.runtime.lifecycle.DirectoryLock;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.properties.MetaPropertiesEnsemble;
import org.apache.kafka.metadata.storage.Formatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A real Kafka broker, its own controller, inside this JVM, with its data in one directory.
///
/// The same directory may be opened again with another host or port. One broker per JVM: Kafka
/// keeps process-wide state. Thread-safe.
public final class EmbeddedKafka implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafka.class);

  /// How long [#close] waits for Kafka's own shutdown before it leaves it behind.
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

  /// A port chosen for "any" may be taken by someone else before Kafka binds it.
  private static final int PORT_ATTEMPTS = 3;

  private final KafkaRaftServer server;
  private final DirectoryLock lock;
  private final String bootstrap;
  private final AtomicReference<Optional<String>> failure;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedKafka(
      KafkaRaftServer server,
      DirectoryLock lock,
      String bootstrap,
      AtomicReference<Optional<String>> failure) {
    this.server = server;
    this.lock = lock;
    this.bootstrap = bootstrap;
    this.failure = failure;
  }

  /// Starts a broker and returns when it accepts clients.
  ///
  /// @param dataDirectory created and formatted when it is new
  /// @param port 0 for any free one; [#bootstrap] tells which
  /// @throws EmbeddedStartException when the port is taken or Kafka refuses the data
  /// @throws io.aftersend.runtime.lifecycle.StartupException when another program has the directory
  public static EmbeddedKafka start(Path dataDirectory, String host, int port)
      throws EmbeddedStartException {
    DirectoryLock lock = DirectoryLock.acquire(dataDirectory);
    try {
      EmbeddedStartException last = null;
      for (int attempt = 0; attempt < (port == 0 ? PORT_ATTEMPTS : 1); attempt++) {
        try {
          return startOnce(lock, dataDirectory.resolve("log"), host, port);
        } catch (EmbeddedStartException e) {
          last = e;
        }
      }
      throw last == null ? new EmbeddedStartException("Kafka was not started") : last;
    } catch (EmbeddedStartException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static EmbeddedKafka startOnce(
      DirectoryLock lock, Path logDirectory, String host, int port) throws EmbeddedStartException {
    int clientPort = Ports.choose("Kafka", host, port);
    int controllerPort = Ports.choose("Kafka's controller", "127.0.0.1", 0);
    Properties properties = BrokerProperties.of(logDirectory, host, clientPort, controllerPort);
    boolean wasKilled = KilledBroker.isIn(logDirectory);
    format(logDirectory);
    AtomicReference<Optional<String>> failure = survivable();
    if (wasKilled) {
      KilledBroker.endSession(logDirectory, controllerPort);
    }
    KafkaRaftServer server = null;
    try {
      server = new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
      server.startup();
    } catch (Throwable e) {
      if (server != null) {
        server.shutdown();
      }
      throw new EmbeddedStartException(
          "Kafka did not start on " + host + ":" + clientPort + ": " + rootMessage(e), e);
    }
    String advertised = properties.getProperty("advertised.listeners");
    String bootstrap = advertised.substring(advertised.indexOf("://") + 3);
    LOG.info("Kafka is ready on {}, data in {}", bootstrap, logDirectory);
    return new EmbeddedKafka(server, lock, bootstrap, failure);
  }

  /// Writes cluster id and metadata version once; a formatted directory is left alone.
  private static void format(Path logDirectory) throws EmbeddedStartException {
    Path marker = logDirectory.resolve(MetaPropertiesEnsemble.META_PROPERTIES_NAME);
    if (Files.exists(marker)) {
      return;
    }
    try {
      Files.createDirectories(logDirectory);
      Formatter formatter =
          new Formatter()
              .setPrintStream(
                  new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
              .setNodeId(BrokerProperties.NODE_ID)
              .setClusterId(Uuid.randomUuid().toString())
              .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
              .setMetadataLogDirectory(logDirectory.toString())
              .setDirectories(List.of(logDirectory.toString()))
              .setIgnoreFormatted(true);
      formatter.run();
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "Kafka cannot write its data directory " + logDirectory + ": " + e, e);
    } catch (Exception e) {
      throw new EmbeddedStartException(
          "Kafka cannot format its data directory " + logDirectory + ": " + rootMessage(e), e);
    }
  }

  /// Kafka ends the whole process on a full disk and the like. In a process that also answers
  /// recipients it must not: the broker's thread ends, and [#failure] tells.
  private static AtomicReference<Optional<String>> survivable() {
    AtomicReference<Optional<String>> failure = new AtomicReference<>(Optional.empty());
    Exit.Procedure stay =
        (status, message) -> {
          String reason = "Kafka wanted to end the process with status " + status + ": " + message;
          failure.compareAndSet(Optional.empty(), Optional.of(reason));
          LOG.error("{}", reason);
          throw new IllegalStateException(reason);
        };
    Exit.setExitProcedure(stay);
    Exit.setHaltProcedure(stay);
    return failure;
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }

  /// `host:port` for clients on this machine.
  public String bootstrap() {
    return bootstrap;
  }

  /// Why the broker no longer works, if a fault (a full or broken disk) has ended it.
  public Optional<String> failure() {
    return failure.get();
  }

  /// Stops the broker so that its next start needs no recovery. Idempotent; returns after 20 s at
  /// the latest.
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    long startNs = System.nanoTime();
    Thread stopper =
        Thread.ofPlatform()
            .name("kafka-stop")
            .daemon()
            .start(
                () -> {
                  server.shutdown();
                  server.awaitShutdown();
                });
    boolean stopped = false;
    try {
      stopped = stopper.join(CLOSE_TIMEOUT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lock.close();
    long tookMs = Duration.ofNanos(System.nanoTime() - startNs).toMillis();
    if (stopped) {
      LOG.info("Kafka stopped in {} ms", tookMs);
    } else {
      LOG.warn("Kafka did not stop within {} ms; its next start will recover its log", tookMs);
    }
  }
}
