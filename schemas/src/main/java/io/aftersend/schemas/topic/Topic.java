package io.aftersend.schemas.topic;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;

/// A Kafka topic with the serdes of its keys and values.
///
/// @param name the topic's name, prefix included
/// @param retention how its records end
public record Topic<K, V>(
    String name, Serde<K> keySerde, Serde<V> valueSerde, Retention retention) {

  /// How the records of a topic end.
  public sealed interface Retention {
    /// Only the last record of each key is kept.
    record LastOfKey() implements Retention {}

    /// Records are kept for that long after their ingest.
    record For(Duration duration) implements Retention {}
  }

  /// The topic's configuration in Kafka's own keys.
  public Map<String, String> configuration() {
    return switch (retention) {
      case Retention.LastOfKey() ->
          Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
      case Retention.For(Duration duration) ->
          Map.of(
              TopicConfig.CLEANUP_POLICY_CONFIG,
              TopicConfig.CLEANUP_POLICY_DELETE,
              TopicConfig.RETENTION_MS_CONFIG,
              Long.toString(duration.toMillis()));
    };
  }

  /// The record to send, with its bytes ready.
  ///
  /// @param timestampMs the ingest time, epoch milliseconds
  public ProducerRecord<byte[], byte[]> encode(K key, V value, long timestampMs) {
    return new ProducerRecord<>(
        name,
        null,
        timestampMs,
        keySerde.serializer().serialize(name, key),
        valueSerde.serializer().serialize(name, value));
  }

  /// The record that ends a key of a compacted topic.
  ///
  /// @param timestampMs the ingest time, epoch milliseconds
  public ProducerRecord<byte[], byte[]> encodeEnd(K key, long timestampMs) {
    byte[] end = null;
    return new ProducerRecord<>(
        name, null, timestampMs, keySerde.serializer().serialize(name, key), end);
  }
}
