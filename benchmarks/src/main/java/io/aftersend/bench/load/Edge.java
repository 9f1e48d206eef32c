package io.aftersend.bench.load;

import io.aftersend.bench.process.BenchProcess;
import io.aftersend.bench.process.JavaCommand;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.Main;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The edge as a process, as `./aftersend edge` runs it, with one event loop on the server's
/// processor, its journal on the disk of the site.
///
/// @param admin base URL of its metrics
record Edge(Server server, URI admin) implements AutoCloseable {
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final Duration FORWARD_TIMEOUT = Duration.ofSeconds(60);

  /// Each look costs the edge about a millisecond, which is in its CPU time.
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);

  private static final Duration SCRAPE_TIMEOUT = Duration.ofSeconds(10);

  /// Whether the edge sends what it took in to Kafka meanwhile.
  ///
  /// @param bootstrap a broker, or an address where none is
  record Forwarding(boolean isRunning, String bootstrap) {
    /// The journal fills, and nobody reads it.
    static Forwarding paused() {
      return new Forwarding(false, "127.0.0.1:1");
    }

    static Forwarding to(String bootstrap) {
      return new Forwarding(true, bootstrap);
    }
  }

  /// What the edge says about the hits that it answered.
  ///
  /// @param acknowledged by Kafka
  record Counts(long recorded, long lost, long acknowledged) {}

  /// @param name of its directory in the site
  static Edge start(String name, Cores cores, Site site, Forwarding forwarding)
      throws InterruptedException {
    Path directory = site.subdirectory(name);
    Map<String, String> environment = new HashMap<>();
    set(environment, ConfigKey.DATA_DIR, directory.resolve("data").toString());
    set(environment, ConfigKey.TENANTS_FILE, site.tenantsFile().toString());
    set(environment, ConfigKey.EDGE_PORT, "0");
    set(environment, ConfigKey.EDGE_ADMIN_PORT, "0");
    set(environment, ConfigKey.EDGE_EVENT_LOOPS, "1");
    // Connections stay open while another server is measured.
    set(environment, ConfigKey.EDGE_IDLE_TIMEOUT, "10m");
    set(environment, ConfigKey.KAFKA_BOOTSTRAP, forwarding.bootstrap());
    set(environment, ConfigKey.EDGE_FORWARDER, forwarding.isRunning() ? "on" : "paused");
    BenchProcess process =
        BenchProcess.start(
            name, cores.server(), JavaCommand.of(Main.class, "edge"), environment, directory);
    try {
      String ready = process.nextLine(START_TIMEOUT);
      int port = URI.create(BenchProcess.field(ready, "edge")).getPort();
      URI admin = URI.create(BenchProcess.field(ready, "admin"));
      return new Edge(new Server("edge", port, process), admin);
    } catch (RuntimeException | InterruptedException e) {
      process.close();
      throw e;
    }
  }

  private static void set(Map<String, String> environment, ConfigKey key, String value) {
    environment.put(key.key(), value);
  }

  /// Asks the edge what became of all hits so far.
  Counts counts() throws InterruptedException {
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(admin + "/metrics")).timeout(SCRAPE_TIMEOUT).build();
      String metrics = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      return new Counts(
          sum(metrics, "aftersend_edge_hits_total", "outcome=\"recorded\""),
          sum(metrics, "aftersend_edge_events_lost_total", ""),
          sum(metrics, "aftersend_edge_events_acknowledged_total", ""));
    } catch (IOException e) {
      throw new StartupException("the edge's metrics cannot be read: " + e, e);
    }
  }

  /// Waits until Kafka has acknowledged all that was taken in.
  ///
  /// @return how many events waited for that at the beginning
  long awaitForwarded() throws InterruptedException {
    long endNs = System.nanoTime() + FORWARD_TIMEOUT.toNanos();
    Counts first = counts();
    for (Counts now = first; now.acknowledged() < now.recorded(); now = counts()) {
      if (System.nanoTime() - endNs >= 0) {
        throw new StartupException(
            "the edge has not forwarded all events within %d s: %d recorded, %d acknowledged"
                .formatted(FORWARD_TIMEOUT.toSeconds(), now.recorded(), now.acknowledged()));
      }
      Thread.sleep(LOOK_EVERY);
    }
    return first.recorded() - first.acknowledged();
  }

  /// The sum of a metric's samples whose line contains a text.
  static long sum(String metrics, String name, String label) {
    return metrics
        .lines()
        .filter(
            line -> line.startsWith(name) && !Character.isLetterOrDigit(line.charAt(name.length())))
        .filter(line -> line.contains(label))
        .mapToLong(
            line -> Math.round(Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
        .sum();
  }

  @Override
  public void close() {
    server.close();
  }
}
