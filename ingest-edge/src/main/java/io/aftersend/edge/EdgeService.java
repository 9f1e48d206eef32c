package io.aftersend.edge;

import io.aftersend.edge.append.Lane;
import io.aftersend.edge.hit.HitHandler;
import io.aftersend.edge.hit.HitParts;
import io.aftersend.edge.hit.KeyRings;
import io.aftersend.edge.http.HttpServer;
import io.aftersend.edge.limit.KeyRate;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.edge.network.NetworksFile;
import io.aftersend.edge.post.BodyBudget;
import io.aftersend.edge.post.PostHandler;
import io.aftersend.edge.post.PostParts;
import io.aftersend.edge.post.PostWorkers;
import io.aftersend.edge.publish.KafkaAppender;
import io.aftersend.edge.publish.KafkaProducers;
import io.aftersend.edge.tls.CertificateDirectory;
import io.aftersend.edge.tls.TlsConfig;
import io.aftersend.runtime.admin.AdminServer;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.lifecycle.LifecycleState;
import io.aftersend.runtime.tenants.Tenants;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.Producer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running edge. It starts and answers whether Kafka is there or not.
public final class EdgeService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EdgeService.class);

  /// Events that wait in memory for Kafka: minutes of a small site's hits, seconds of a large
  /// one's, and several of the largest posts.
  private static final int QUEUE_CAPACITY = 100_000;

  private static final int WAITING_BODIES = 256;

  /// Bodies may take this share of the heap, and room for two of the largest in any case.
  private static final int BODY_SHARE_OF_HEAP = 8;

  /// Answered hits that wait for Kafka get this long at the end, even when slow clients took the
  /// whole drain timeout.
  private static final Duration MIN_FLUSH_TIMEOUT = Duration.ofSeconds(2);

  private final Duration drainTimeout;
  private final Health health;
  private final HttpServer server;
  private final PostWorkers workers;
  private final KafkaAppender appender;
  private final AdminServer admin;
  private final @Nullable NetworksFile networksFile;
  private final @Nullable CertificateDirectory certificates;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private EdgeService(
      Duration drainTimeout,
      Health health,
      HttpServer server,
      PostWorkers workers,
      KafkaAppender appender,
      AdminServer admin,
      @Nullable NetworksFile networksFile,
      @Nullable CertificateDirectory certificates) {
    this.drainTimeout = drainTimeout;
    this.health = health;
    this.server = server;
    this.workers = workers;
    this.appender = appender;
    this.admin = admin;
    this.networksFile = networksFile;
    this.certificates = certificates;
  }

  /// Starts an edge.
  ///
  /// @param tenants asked at every request; hands out the same object until something changes
  /// @param registry gets the edge's metrics; one edge per registry
  /// @throws io.aftersend.runtime.lifecycle.StartupException when an address cannot be had or the
  ///   networks file cannot be used
  public static EdgeService start(
      EdgeConfig config, Supplier<Tenants> tenants, PrometheusRegistry registry) {
    return start(
        config,
        tenants,
        registry,
        KafkaProducers.idempotent(config.kafka().bootstrap()),
        InstantSource.system(),
        new SecureRandom());
  }

  static EdgeService start(
      EdgeConfig config,
      Supplier<Tenants> tenants,
      PrometheusRegistry registry,
      Supplier<Producer<byte[], byte[]>> producers,
      InstantSource clock,
      RandomGenerator random) {
    EdgeMetrics metrics = new EdgeMetrics(registry);
    Health health = new Health();
    Started started = new Started();
    try {
      NetworksFile networksFile =
          config.networksFile() == null
              ? null
              : started.add(NetworksFile.start(config.networksFile(), metrics::networksReloaded));
      Supplier<NetworkTable> networks =
          networksFile == null ? constant(NetworkTable.builtIn()) : networksFile;
      KafkaAppender appender = started.add(appender(config, producers, metrics));
      appender.start();
      String journal = HexFormat.of().toHexDigits(random.nextLong());
      PostWorkers workers = started.add(workers(config, journal));
      BodyBudget budget = bodyBudget(config);
      metrics.gauge("body_bytes", "Bytes of posted bodies in memory.", budget::usedBytes);
      metrics.gauge("bodies_waiting", "Posted bodies that wait for a worker.", workers::waiting);
      HitParts hits =
          new HitParts(
              new KeyRings(tenants),
              networks,
              appender,
              metrics,
              clock,
              config.post().durableTimeout());
      PostHandler posts =
          new PostHandler(
              new PostParts(
                  config.post(), tenants, networks, appender, workers, budget, metrics, clock),
              config.maxRequestsPerKey() == 0
                  ? null
                  : new KeyRate(config.maxRequestsPerKey(), System::nanoTime));
      CertificateDirectory certificates = certificates(config.http().tls(), metrics, started);
      AdminServer admin =
          started.add(
              AdminServer.start(
                  config.admin().host(),
                  config.admin().port(),
                  health,
                  registry,
                  ConfigKey.EDGE_ADMIN_PORT));
      HttpServer server =
          HttpServer.start(
              config.http(),
              certificates,
              metrics,
              clock,
              loop -> new Router(new HitHandler(hits, new Lane(journal, loop)), posts));
      metrics.gauge("connections", "Open connections.", server::openConnections);
      health.moveTo(LifecycleState.READY);
      return new EdgeService(
          config.drainTimeout(),
          health,
          server,
          workers,
          appender,
          admin,
          networksFile,
          certificates);
    } catch (RuntimeException e) {
      started.closeAll(e);
      throw e;
    }
  }

  private static KafkaAppender appender(
      EdgeConfig config, Supplier<Producer<byte[], byte[]>> producers, EdgeMetrics metrics) {
    return new KafkaAppender(
        Topics.withPrefix(config.kafka().topicPrefix()).emailEvents(),
        producers,
        Math.max(QUEUE_CAPACITY, 2 * config.post().maxEvents()),
        config.post().durableTimeout(),
        metrics,
        System::nanoTime);
  }

  /// Their lanes come after those of the event loops.
  private static PostWorkers workers(EdgeConfig config, String journal) {
    int loops = config.http().eventLoops();
    return new PostWorkers(
        Runtime.getRuntime().availableProcessors(),
        WAITING_BODIES,
        worker -> new Lane(journal, loops + worker));
  }

  private static @Nullable CertificateDirectory certificates(
      @Nullable TlsConfig tls, EdgeMetrics metrics, Started started) {
    if (tls == null) {
      return null;
    }
    CertificateDirectory certificates =
        started.add(CertificateDirectory.start(tls.directory(), metrics::certificateReloaded));
    metrics.gauge("tls_certificates", "Certificates in use.", certificates::size);
    metrics.gauge(
        "tls_first_expiry_timestamp_seconds",
        "When the first certificate in use ends, as Unix time.",
        () -> certificates.firstExpiry().getEpochSecond());
    return certificates;
  }

  private static BodyBudget bodyBudget(EdgeConfig config) {
    long share = Runtime.getRuntime().maxMemory() / BODY_SHARE_OF_HEAP;
    return new BodyBudget(Math.max(share, 2L * config.post().maxBodyBytes()));
  }

  private static Supplier<NetworkTable> constant(NetworkTable table) {
    return () -> table;
  }

  /// The public base URL, without slash at its end.
  public URI url() {
    return server.url();
  }

  /// The public base URL of the TLS port, without slash at its end; null when there is none.
  public @Nullable URI tlsUrl() {
    return server.tlsUrl();
  }

  /// The operators' base URL, without slash at its end.
  public URI adminUrl() {
    return admin.url();
  }

  public Health health() {
    return health;
  }

  /// Stops: takes nothing new, lets open requests end, hands all events to Kafka. Open requests
  /// have the drain timeout; events what is left of it then, and two seconds at least. Cutting
  /// connections and ending threads is bounded by a few seconds for each part; all in all the stop
  /// stays below the drain timeout and twenty seconds, and ends long before that when nothing
  /// hangs. Further calls do nothing.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    long startNs = System.nanoTime();
    health.moveTo(LifecycleState.DRAINING);
    int cutConnections = 0;
    int unsentEvents = appender.unacknowledged();
    try {
      cutConnections = server.drain(drainTimeout);
      workers.close();
      long leftNs = drainTimeout.toNanos() - (System.nanoTime() - startNs);
      long flushNs = Math.max(leftNs, MIN_FLUSH_TIMEOUT.toNanos());
      unsentEvents = appender.flush(Duration.ofNanos(flushNs));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
    workers.close();
    appender.close();
    if (networksFile != null) {
      networksFile.close();
    }
    if (certificates != null) {
      certificates.close();
    }
    health.moveTo(LifecycleState.STOPPED);
    admin.close();
    log.info(
        "Edge stopped in {} ms: {} connections cut, {} events not acknowledged by Kafka",
        Duration.ofNanos(System.nanoTime() - startNs).toMillis(),
        cutConnections,
        unsentEvents);
  }

  /// What has been started so far, for the case that the next part cannot be.
  private static final class Started {
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    <T extends AutoCloseable> T add(T part) {
      parts.push(part);
      return part;
    }

    void closeAll(RuntimeException because) {
      for (AutoCloseable part : parts) {
        try {
          part.close();
        } catch (Exception e) {
          because.addSuppressed(e);
        }
      }
    }
  }
}
