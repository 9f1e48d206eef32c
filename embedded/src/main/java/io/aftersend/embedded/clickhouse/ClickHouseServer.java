package io.aftersend.embedded.clickhouse;

import io.aftersend.embedded.EmbeddedStartException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A ClickHouse on this machine: the real engine in a child process behind ClickHouse's HTTP
/// interface.
///
/// A child that dies is started again on the same port with the same data; what it had acknowledged
/// is there. The child ends with this process, however that ends. Thread-safe.
public final class ClickHouseServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClickHouseServer.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(12);

  /// A child that lived this long is restarted at once when it dies.
  private static final Duration LIVED_LONG = Duration.ofSeconds(10);

  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 5_000;

  private final ClickHouseConfig config;
  private final int port;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread supervisor;
  private volatile ChildProcess child;
  private final AtomicLong restarts = new AtomicLong();

  private ClickHouseServer(ClickHouseConfig config, ChildProcess first) {
    this.config = config;
    this.port = first.port();
    this.child = first;
    this.supervisor =
        Thread.ofPlatform().name("clickhouse-supervisor").daemon().unstarted(this::supervise);
  }

  /// Starts a child process and returns when it answers.
  ///
  /// @throws EmbeddedStartException when the port or the directory is taken, the engine does not
  ///   open the data, or the config would serve other machines without a password
  public static ClickHouseServer start(ClickHouseConfig config) throws EmbeddedStartException {
    ClickHouseServer server =
        new ClickHouseServer(config, ChildProcess.start(config, config.port()));
    server.supervisor.start();
    LOG.info("ClickHouse is ready on {}, data in {}", server.url(), config.dataDirectory());
    return server;
  }

  private void supervise() {
    long pauseMs = FIRST_PAUSE_MS;
    long startedNs = System.nanoTime();
    try {
      while (true) {
        int status = child.process().waitFor();
        if (closing.getCount() == 0) {
          return;
        }
        boolean livedLong = System.nanoTime() - startedNs > LIVED_LONG.toNanos();
        pauseMs = livedLong ? FIRST_PAUSE_MS : pauseMs;
        LOG.warn("ClickHouse ended with status {}; starting it again", status);
        while (!restart()) {
          if (closing.await(pauseMs, TimeUnit.MILLISECONDS)) {
            return;
          }
          pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2);
        }
        startedNs = System.nanoTime();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean restart() {
    ChildProcess next;
    try {
      next = ChildProcess.start(config, port);
    } catch (EmbeddedStartException e) {
      LOG.error("ClickHouse does not start again: {}", e.getMessage());
      return false;
    }
    child = next;
    restarts.incrementAndGet();
    if (closing.getCount() == 0) {
      next.stop(CLOSE_LIMIT);
    }
    LOG.info("ClickHouse is back on {} with process {}", url(), next.process().pid());
    return true;
  }

  /// `http://host:port`, the same for the life of this server.
  public String url() {
    String host =
        switch (config.host()) {
          case "0.0.0.0" -> "127.0.0.1";
          case "::" -> "[::1]";
          default -> config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        };
    return "http://" + host + ":" + port;
  }

  /// The process id of the current child.
  public long pid() {
    return child.process().pid();
  }

  /// How many times a dead child was replaced.
  public long restarts() {
    return restarts.get();
  }

  /// Stops the child: cleanly, or by force after a limit. Idempotent.
  @Override
  public void close() {
    if (closing.getCount() == 0) {
      return;
    }
    closing.countDown();
    long startNs = System.nanoTime();
    child.stop(CLOSE_LIMIT);
    try {
      supervisor.join(CLOSE_LIMIT);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    long tookMs = Duration.ofNanos(System.nanoTime() - startNs).toMillis();
    LOG.info("ClickHouse stopped in {} ms; it was restarted {} times", tookMs, restarts);
  }
}
