package io.aftersend.query.webhook.store;

import io.aftersend.schemas.cluster.KafkaCluster;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The maker of consumers that read what was committed and commit nothing themselves. Safe for any
/// thread; what it makes is for one.
public record ConsumerFactory(KafkaCluster cluster) {
  /// How soon a crash of the API lets another, or itself, take over its deliveries. The shortest
  /// that brokers allow by default.
  private static final int SESSION_TIMEOUT_MS = 6_000;

  private static final int FETCH_BYTES = 4 * 1024 * 1024;
  private static final int PARTITION_FETCH_BYTES = 512 * 1024;

  /// A consumer whose partitions are to be assigned by hand.
  public Consumer<byte[], byte[]> unassigned() {
    return consumer(Map.of(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
  }

  /// A consumer by hand that says when a record is no longer there, and gives few at a time.
  public Consumer<byte[], byte[]> unassigned(int maxRecords) {
    return consumer(
        Map.of(
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "none",
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
            maxRecords));
  }

  /// A consumer that shares partitions with the others of its group.
  public Consumer<byte[], byte[]> inGroup(String group) {
    return consumer(
        Map.of(
            ConsumerConfig.GROUP_ID_CONFIG,
            group,
            ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
            "latest",
            ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            SESSION_TIMEOUT_MS,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
            SESSION_TIMEOUT_MS / 3));
  }

  private Consumer<byte[], byte[]> consumer(Map<String, Object> more) {
    Map<String, Object> configuration = cluster.settings();
    configuration.putAll(more);
    configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    configuration.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    configuration.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    configuration.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, 10_000);
    configuration.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, 5_000);
    configuration.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, 4_000);
    configuration.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    configuration.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, PARTITION_FETCH_BYTES);
    return new KafkaConsumer<>(
        configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
