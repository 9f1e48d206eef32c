package io.aftersend.processor;

import io.aftersend.processor.signal.RateLimits;
import io.aftersend.processor.sink.ClickHouseAddress;
import io.aftersend.processor.sink.SinkConfig;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.schemas.cluster.KafkaCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration of the stream processor.
///
/// @param adminHost address of health and metrics
/// @param adminPort its port; 0 takes any free one
/// @param tenantsFile where the tenants are
/// @param rulesFile where the rules of judging are; null for those that we ship
/// @param retentionDays days for which events of a tenant without its own figure are kept
/// @param placesFiles databases of places; empty where none is configured
/// @param kafka where the events are
/// @param streams how they are counted
/// @param rateLimits from which rates of a campaign on a signal is raised
/// @param sink how results go into ClickHouse
/// @param effective all values as they hold, for the log, secrets masked
public record ProcessorConfig(
    String adminHost,
    int adminPort,
    Path tenantsFile,
    @Nullable Path rulesFile,
    int retentionDays,
    List<Path> placesFiles,
    Kafka kafka,
    Streams streams,
    RateLimits rateLimits,
    SinkConfig sink,
    String effective) {
  /// Kafka Streams refuses a commit interval that its transactions' timeout of 10 s cannot hold.
  private static final Duration MAX_COMMIT_INTERVAL = Duration.ofSeconds(9);

  private static final String SINK_ON = "on";
  private static final String SINK_PAUSED = "paused";
  private static final long MIN_STORE_BYTES = 32L << 20;
  private static final long MAX_STORE_BYTES = 1L << 40;

  private static final int MAX_THREADS = 1_000;
  private static final int MAX_PARTITIONS = 10_000;
  private static final int MAX_IDS_PER_MESSAGE = 1_000_000_000;
  private static final int MAX_MINIMUM = 1_000_000_000;

  /// Stands in for an address that is missing, until the problem is thrown.
  private static final URI NO_ADDRESS = URI.create("http://localhost");

  /// Where the events are.
  ///
  /// @param topicPrefix text before every topic's name
  /// @param partitions partitions of topics that are made
  public record Kafka(KafkaCluster cluster, String topicPrefix, int partitions) {
    private static final String APPLICATION = "aftersend-processor";

    /// The group in which the processor reads, and what its internal topics begin with.
    public String processorGroup() {
      return topicPrefix + APPLICATION;
    }
  }

  /// How events are counted.
  ///
  /// @param stateDirectory where the stores lie; rebuilt from Kafka when lost
  /// @param threads threads that count
  /// @param repeatHorizon how long an event id is remembered
  /// @param idsPerMessage most event ids of one message that are remembered
  /// @param factsKept how long the facts of a message are kept after its last event
  /// @param hindsight how long hits can be judged again after they arrived
  /// @param attributionWindow how long before a conversion the click may lie that it belongs to
  /// @param commitInterval time between transactions
  /// @param flushInterval for how long what became of a lane is added up before it is told
  /// @param storeMemoryBytes native memory of all stores together
  /// @param sessionTimeout silence after which Kafka gives the partitions to others
  public record Streams(
      Path stateDirectory,
      int threads,
      Duration repeatHorizon,
      int idsPerMessage,
      Duration factsKept,
      Duration hindsight,
      Duration attributionWindow,
      Duration commitInterval,
      Duration flushInterval,
      long storeMemoryBytes,
      Duration sessionTimeout) {}

  /// Reads the configuration from values by whole key.
  ///
  /// @throws io.aftersend.runtime.config.ConfigException with all problems
  public static ProcessorConfig from(Map<String, String> values) {
    ConfigReader reader = ConfigReader.of(values);
    ProcessorConfig config = from(reader);
    reader.throwIfInvalid();
    return config;
  }

  /// Reads the configuration; problems stay with the reader.
  public static ProcessorConfig from(ConfigReader reader) {
    String adminHost = reader.text(ConfigKey.PROCESSOR_ADMIN_HOST);
    int adminPort = reader.port(ConfigKey.PROCESSOR_ADMIN_PORT);
    Path tenantsFile = reader.tenantsFile();
    Path rulesFile = reader.pathOrNull(ConfigKey.RULES_FILE);
    int retentionDays = reader.count(ConfigKey.RETENTION_DAYS, 1, Tenant.MAX_RETENTION_DAYS);
    List<Path> placesFiles = reader.paths(ConfigKey.PLACES_FILE);
    Kafka kafka = kafka(reader);
    Streams streams = streams(reader);
    RateLimits rateLimits =
        new RateLimits(
            reader.count(ConfigKey.SIGNAL_MIN_DELIVERED, 1, MAX_MINIMUM),
            reader.share(ConfigKey.SIGNAL_BOUNCE_LIMIT),
            reader.count(ConfigKey.SIGNAL_MIN_SENT, 1, MAX_MINIMUM));
    SinkConfig sink = sink(reader);
    return new ProcessorConfig(
        adminHost,
        adminPort,
        tenantsFile,
        rulesFile,
        retentionDays,
        placesFiles,
        kafka,
        streams,
        rateLimits,
        sink,
        reader.effective());
  }

  private static Kafka kafka(ConfigReader reader) {
    return new Kafka(
        new KafkaCluster(
            reader.brokers(ConfigKey.KAFKA_BOOTSTRAP),
            reader.settings(ConfigKey.KAFKA_CLIENT, KafkaCluster::problem)),
        reader.text(ConfigKey.TOPIC_PREFIX),
        reader.count(ConfigKey.KAFKA_PARTITIONS, 1, MAX_PARTITIONS));
  }

  private static Streams streams(ConfigReader reader) {
    Duration tick = Duration.ofMillis(10);
    Duration minute = Duration.ofMinutes(1);
    return new Streams(
        reader.pathOrInDataDir(ConfigKey.PROCESSOR_STATE_DIR, "streams"),
        reader.count(
            ConfigKey.PROCESSOR_THREADS,
            1,
            MAX_THREADS,
            Runtime.getRuntime().availableProcessors()),
        reader.duration(
            ConfigKey.PROCESSOR_REPEAT_HORIZON, Duration.ofHours(1), Duration.ofDays(400)),
        reader.count(ConfigKey.PROCESSOR_IDS_PER_MESSAGE, 1, MAX_IDS_PER_MESSAGE),
        reader.duration(ConfigKey.PROCESSOR_FACTS_KEPT, Duration.ofDays(1), Duration.ofDays(3_650)),
        reader.duration(ConfigKey.PROCESSOR_HINDSIGHT, Duration.ofHours(1), Duration.ofDays(35)),
        reader.duration(
            ConfigKey.PROCESSOR_ATTRIBUTION_WINDOW, Duration.ofHours(1), Duration.ofDays(90)),
        reader.duration(ConfigKey.PROCESSOR_COMMIT_INTERVAL, tick, MAX_COMMIT_INTERVAL),
        reader.duration(ConfigKey.PROCESSOR_FLUSH_INTERVAL, tick, minute),
        reader.bytes(ConfigKey.PROCESSOR_STORE_MEMORY, MIN_STORE_BYTES, MAX_STORE_BYTES),
        reader.duration(
            ConfigKey.PROCESSOR_SESSION_TIMEOUT, Duration.ofSeconds(6), Duration.ofMinutes(5)));
  }

  private static boolean isPaused(ConfigReader reader) {
    String text = reader.text(ConfigKey.SINK);
    if (!text.equals(SINK_ON) && !text.equals(SINK_PAUSED)) {
      reader.problem(
          ConfigKey.SINK, "expected " + SINK_ON + " or " + SINK_PAUSED + ", got \"" + text + '"');
    }
    return text.equals(SINK_PAUSED);
  }

  private static SinkConfig sink(ConfigReader reader) {
    URI url = reader.uriOrNull(ConfigKey.CLICKHOUSE_URL);
    if (url == null) {
      reader.problem(
          ConfigKey.CLICKHOUSE_URL, "expected the URL of a ClickHouse server, got nothing");
    }
    ClickHouseAddress address =
        new ClickHouseAddress(
            url == null ? NO_ADDRESS : url,
            reader.text(ConfigKey.CLICKHOUSE_USER),
            reader.textOrNull(ConfigKey.CLICKHOUSE_PASSWORD),
            reader.text(ConfigKey.CLICKHOUSE_DATABASE));
    return new SinkConfig(
        address,
        isPaused(reader),
        reader.count(ConfigKey.SINK_BATCH_ROWS, 1, 1_000_000),
        reader.duration(ConfigKey.SINK_LINGER, Duration.ZERO, Duration.ofMinutes(1)),
        reader.duration(ConfigKey.SINK_EVENTS_LINGER, Duration.ZERO, Duration.ofMinutes(1)),
        reader.duration(
            ConfigKey.PROCESSOR_SESSION_TIMEOUT, Duration.ofSeconds(6), Duration.ofMinutes(5)));
  }
}
