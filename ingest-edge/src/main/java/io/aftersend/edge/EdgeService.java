package io.aftersend.edge;

import io.aftersend.edge.append.LaneAppender;
import io.aftersend.edge.forward.Forwarder;
import io.aftersend.edge.forward.KafkaProducers;
import io.aftersend.edge.forward.LaneAccount;
import io.aftersend.edge.hit.HitHandler;
import io.aftersend.edge.hit.HitParts;
import io.aftersend.edge.hit.KeyRings;
import io.aftersend.edge.http.HttpServer;
import io.aftersend.edge.journal.BootId;
import io.aftersend.edge.journal.Journal;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.edge.network.NetworksFile;
import io.aftersend.edge.post.BodyBudget;
import io.aftersend.edge.post.PostHandler;
import io.aftersend.edge.post.PostParts;
import io.aftersend.edge.post.PostWorkers;
import io.aftersend.edge.tls.CertificateDirectory;
import io.aftersend.edge.tls.TlsConfig;
import io.aftersend.runtime.admin.AdminServer;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.lifecycle.LifecycleState;
import io.aftersend.runtime.limit.KeyRate;
import io.aftersend.runtime.tenants.Tenants;
import io.aftersend.schemas.topic.Topics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
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

  private static final int WAITING_BODIES = 256;

  /// What the disk may take to make room for the events of a body.
  private static final Duration ROOM_TIMEOUT = Duration.ofSeconds(2);

  /// Bodies may take this share of the heap, and room for two of the largest in any case.
  private static final int BODY_SHARE_OF_HEAP = 8;

  /// Answered hits that wait for Kafka get this long at the end, even when slow clients took the
  /// whole drain timeout.
  private static final Duration MIN_FLUSH_TIMEOUT = Duration.ofSeconds(2);

  private final Duration drainTimeout;
  private final Health health;
  private final HttpServer server;
  private final PostWorkers workers;
  private final Journal journal;
  private final Forwarder forwarder;
  private final AdminServer admin;
  private final @Nullable NetworksFile networksFile;
  private final @Nullable CertificateDirectory certificates;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private EdgeService(
      Duration drainTimeout,
      Health health,
      HttpServer server,
      PostWorkers workers,
      Journal journal,
      Forwarder forwarder,
      AdminServer admin,
      @Nullable NetworksFile networksFile,
      @Nullable CertificateDirectory certificates) {
    this.drainTimeout = drainTimeout;
    this.health = health;
    this.server = server;
    this.workers = workers;
    this.journal = journal;
    this.forwarder = forwarder;
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
        KafkaProducers.idempotent(config.kafka().cluster()),
        BootId.ofThisMachine(),
        InstantSource.system(),
        new SecureRandom());
  }

  static EdgeService start(
      EdgeConfig config,
      Supplier<Tenants> tenants,
      PrometheusRegistry registry,
      Supplier<Producer<byte[], byte[]>> producers,
      String bootId,
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
      Topics topics = Topics.withPrefix(config.kafka().topicPrefix());
      int loops = config.http().eventLoops();
      Journal journal =
          started.add(
              Journal.open(
                  config.journal(), loops, EdgeConfig.postWorkers(), bootId, random, clock));
      Forwarder forwarder =
          started.add(
              new Forwarder(journal, topics, producers, config.forwarder(), registry, clock));
      PostWorkers workers = started.add(workers(loops, journal, topics));
      BodyBudget budget = bodyBudget(config);
      metrics.gauge("body_bytes", "Bytes of posted bodies in memory.", budget::usedBytes);
      metrics.gauge("bodies_waiting", "Posted bodies that wait for a worker.", workers::waiting);
      HitParts hits =
          new HitParts(new KeyRings(tenants), networks, metrics, config.post().durableTimeout());
      PostHandler posts =
          new PostHandler(
              new PostParts(config.post(), tenants, networks, workers, budget, metrics, clock),
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
              loop -> new Router(new HitHandler(hits, journal.writer(loop)), posts::onRequest));
      metrics.gauge("connections", "Open connections.", server::openConnections);
      showJournal(metrics, journal, forwarder);
      health.addCheck("journal", journal::problem);
      health.addCheck("forwarder", forwarder::problem);
      forwarder.start();
      health.moveTo(LifecycleState.READY);
      return new EdgeService(
          config.drainTimeout(),
          health,
          server,
          workers,
          journal,
          forwarder,
          admin,
          networksFile,
          certificates);
    } catch (RuntimeException e) {
      started.closeAll(e);
      throw e;
    }
  }

  private static void showJournal(EdgeMetrics metrics, Journal journal, Forwarder forwarder) {
    metrics.gauge("journal_bytes", "What the journal takes on the disk.", journal::usedBytes);
    metrics.gauge(
        "journal_damaged_bytes",
        "Bytes of earlier journals that were no valid records and were left out.",
        forwarder::damagedBytes);
    metrics.counter(
        "journal_sync_failures", "Forced writes that the disk refused.", journal::syncFailures);
  }

  /// Their lanes come after those of the event loops.
  private static PostWorkers workers(int loops, Journal journal, Topics topics) {
    return new PostWorkers(
        EdgeConfig.postWorkers(),
        WAITING_BODIES,
        worker ->
            new LaneAppender(journal.writer(loops + worker), topics.emailEvents(), ROOM_TIMEOUT));
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

  /// The events that Kafka has not acknowledged, as of a moment ago.
  public long waiting() {
    return forwarder.waiting();
  }

  public Health health() {
    return health;
  }

  /// Stops: takes nothing new, lets open requests end, hands all events to Kafka. Open requests
  /// have the drain timeout; events what is left of it then, and two seconds at least; what Kafka
  /// has not got by then waits in the journal for the next start. Cutting connections and ending
  /// threads is bounded by a few seconds for each part; all in all the stop stays below the drain
  /// timeout and twenty seconds, and ends long before that when nothing hangs. Further calls do
  /// nothing.
  @Override
  public void close() {
    if (!isClosed.compareAndSet(false, true)) {
      return;
    }
    long startNs = System.nanoTime();
    health.moveTo(LifecycleState.DRAINING);
    int cutConnections = 0;
    try {
      cutConnections = server.drain(drainTimeout);
      workers.close();
      server.close();
      journal.endWriting();
      long leftNs = drainTimeout.toNanos() - (System.nanoTime() - startNs);
      long flushNs = Math.max(leftNs, MIN_FLUSH_TIMEOUT.toNanos());
      var _ = forwarder.flush(Duration.ofNanos(flushNs));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.close();
    workers.close();
    journal.endWriting();
    forwarder.close();
    journal.close();
    if (networksFile != null) {
      networksFile.close();
    }
    if (certificates != null) {
      certificates.close();
    }
    health.moveTo(LifecycleState.STOPPED);
    admin.close();
    for (LaneAccount account : forwarder.accounts()) {
      if (account.highest() > 0) {
        log.info("Accounting: {}", account.text());
      }
    }
    log.info(
        "Edge stopped in {} ms: {} connections cut, {} events wait in the journal",
        Duration.ofNanos(System.nanoTime() - startNs).toMillis(),
        cutConnections,
        forwarder.waiting());
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
