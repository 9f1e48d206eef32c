package io.aftersend.edge;

import io.aftersend.edge.forward.ForwarderConfig;
import io.aftersend.edge.http.HttpConfig;
import io.aftersend.edge.http.HttpLimits;
import io.aftersend.edge.journal.Journal;
import io.aftersend.edge.journal.JournalConfig;
import io.aftersend.edge.post.PostParts.PostLimits;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.schemas.cluster.KafkaCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The edge's configuration.
///
/// @param http the public port
/// @param admin the operators' port
/// @param post what one POST of events may bring
/// @param maxRequestsPerKey requests a second that one API key may make; 0: no limit
/// @param kafka where events go
/// @param journal where they lie until then
/// @param forwarder how they get from there to Kafka
/// @param tenantsFile tenants, keys and signing keys
/// @param networksFile CSV of networks; null: the built-in table
/// @param drainTimeout longest time at stop for open requests and unsent events together
/// @param effective the values in use, one line per key, secrets masked
public record EdgeConfig(
    HttpConfig http,
    Admin admin,
    PostLimits post,
    int maxRequestsPerKey,
    Kafka kafka,
    JournalConfig journal,
    ForwarderConfig forwarder,
    Path tenantsFile,
    @Nullable Path networksFile,
    Duration drainTimeout,
    String effective) {
  private static final int MAX_EVENT_LOOPS = 1_024;
  private static final long MIN_REQUEST_LINE_BYTES = 1024;
  private static final long MAX_REQUEST_LINE_BYTES = 1024L * 1024;
  private static final long MIN_BODY_BYTES = 1024;
  private static final long MAX_BODY_BYTES = 64L * 1024 * 1024;
  private static final int MAX_EVENTS = 100_000;
  private static final int MAX_CONNECTIONS = 10_000_000;
  private static final long DEFAULT_JOURNAL_BUDGET_BYTES = 8L * 1024 * 1024 * 1024;
  private static final long MAX_JOURNAL_BUDGET_BYTES = 16L * 1024 * 1024 * 1024 * 1024;
  private static final Duration MAX_JOURNAL_RETENTION = Duration.ofDays(7);
  private static final Duration MAX_FSYNC_INTERVAL = Duration.ofSeconds(10);

  /// Seen by whoever looks, and next to nothing in the topic.
  private static final Duration ACCOUNTING_INTERVAL = Duration.ofSeconds(2);

  private static final int MAX_REQUESTS_PER_KEY = 1_000_000;
  private static final Duration MIN_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_TIMEOUT = Duration.ofMinutes(10);

  /// Where health and metrics are served.
  ///
  /// @param port 0 takes any free one
  public record Admin(String host, int port) {}

  /// Where events go.
  ///
  /// @param topicPrefix text before every topic's name, may be empty
  public record Kafka(KafkaCluster cluster, String topicPrefix) {}

  private static final String FORWARDER_ON = "on";
  private static final String FORWARDER_PAUSED = "paused";

  /// Reads the values by whole key, such as the environment.
  ///
  /// @throws io.aftersend.runtime.config.ConfigException with all problems at once
  public static EdgeConfig from(Map<String, String> values) {
    ConfigReader reader = ConfigReader.of(values);
    HttpConfig http =
        new HttpConfig(
            reader.text(ConfigKey.EDGE_HOST),
            reader.port(ConfigKey.EDGE_PORT),
            FrontConfig.tls(reader),
            reader.count(
                ConfigKey.EDGE_EVENT_LOOPS,
                1,
                MAX_EVENT_LOOPS,
                Runtime.getRuntime().availableProcessors()),
            limits(reader),
            reader.count(ConfigKey.EDGE_MAX_CONNECTIONS_PER_ADDRESS, 1, MAX_CONNECTIONS),
            FrontConfig.proxies(reader));
    Admin admin =
        new Admin(reader.text(ConfigKey.EDGE_ADMIN_HOST), reader.port(ConfigKey.EDGE_ADMIN_PORT));
    PostLimits post =
        new PostLimits(
            Math.toIntExact(reader.bytes(ConfigKey.EDGE_MAX_BODY, MIN_BODY_BYTES, MAX_BODY_BYTES)),
            reader.count(ConfigKey.EDGE_MAX_EVENTS, 1, MAX_EVENTS),
            timeout(reader, ConfigKey.EDGE_DURABLE_TIMEOUT));
    int maxRequestsPerKey =
        reader.count(ConfigKey.EDGE_MAX_REQUESTS_PER_KEY, 1, MAX_REQUESTS_PER_KEY, 0);
    Kafka kafka =
        new Kafka(
            new KafkaCluster(
                reader.brokers(ConfigKey.KAFKA_BOOTSTRAP),
                reader.settings(ConfigKey.KAFKA_CLIENT, KafkaCluster::problem)),
            reader.text(ConfigKey.TOPIC_PREFIX));
    JournalConfig journal = journal(reader, http.eventLoops() + postWorkers());
    ForwarderConfig forwarder = new ForwarderConfig(isPaused(reader), ACCOUNTING_INTERVAL);
    Path tenantsFile = reader.tenantsFile();
    Path networksFile = reader.pathOrNull(ConfigKey.NETWORKS_FILE);
    Duration drainTimeout = timeout(reader, ConfigKey.EDGE_DRAIN_TIMEOUT);
    reader.throwIfInvalid();
    return new EdgeConfig(
        http,
        admin,
        post,
        maxRequestsPerKey,
        kafka,
        journal,
        forwarder,
        tenantsFile,
        networksFile,
        drainTimeout,
        reader.effective());
  }

  /// Threads that parse posted bodies, each with a lane of its own.
  static int postWorkers() {
    return Runtime.getRuntime().availableProcessors();
  }

  private static JournalConfig journal(ConfigReader reader, int lanes) {
    Path directory = reader.path(ConfigKey.DATA_DIR).resolve("journal");
    long minBytes = JournalConfig.minBudgetBytes(lanes);
    Long given =
        reader.bytesOrNull(ConfigKey.EDGE_JOURNAL_BUDGET, minBytes, MAX_JOURNAL_BUDGET_BYTES);
    long budgetBytes = given == null ? defaultBudgetBytes(directory, minBytes) : given;
    return new JournalConfig(
        directory,
        budgetBytes,
        JournalConfig.segmentBytes(budgetBytes, lanes),
        reader.duration(ConfigKey.EDGE_JOURNAL_RETENTION, Duration.ZERO, MAX_JOURNAL_RETENTION),
        reader.duration(ConfigKey.EDGE_FSYNC_INTERVAL, Duration.ZERO, MAX_FSYNC_INTERVAL));
  }

  /// Half of what the disk has left for it.
  private static long defaultBudgetBytes(Path directory, long minBytes) {
    long free = freeBytes(directory) + Journal.usedBytes(directory);
    return Math.max(minBytes, Math.min(DEFAULT_JOURNAL_BUDGET_BYTES, free / 2));
  }

  private static long freeBytes(Path directory) {
    Path existing = directory.toAbsolutePath();
    while (existing.getParent() != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing.toFile().getUsableSpace();
  }

  private static boolean isPaused(ConfigReader reader) {
    String text = reader.text(ConfigKey.EDGE_FORWARDER);
    if (!text.equals(FORWARDER_ON) && !text.equals(FORWARDER_PAUSED)) {
      reader.problem(
          ConfigKey.EDGE_FORWARDER,
          "expected " + FORWARDER_ON + " or " + FORWARDER_PAUSED + ", got \"" + text + '"');
    }
    return text.equals(FORWARDER_PAUSED);
  }

  private static HttpLimits limits(ConfigReader reader) {
    return new HttpLimits(
        lineBytes(reader, ConfigKey.EDGE_MAX_REQUEST_LINE),
        lineBytes(reader, ConfigKey.EDGE_MAX_HEADERS),
        reader.count(ConfigKey.EDGE_MAX_CONNECTIONS, 1, MAX_CONNECTIONS),
        timeout(reader, ConfigKey.EDGE_HEADER_TIMEOUT),
        timeout(reader, ConfigKey.EDGE_IDLE_TIMEOUT),
        timeout(reader, ConfigKey.EDGE_BODY_TIMEOUT));
  }

  private static int lineBytes(ConfigReader reader, ConfigKey key) {
    return Math.toIntExact(reader.bytes(key, MIN_REQUEST_LINE_BYTES, MAX_REQUEST_LINE_BYTES));
  }

  private static Duration timeout(ConfigReader reader, ConfigKey key) {
    return reader.duration(key, MIN_TIMEOUT, MAX_TIMEOUT);
  }
}
