package io.aftersend.edge.forward;

import io.aftersend.schemas.cluster.KafkaCluster;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// How the edge's Kafka producer is made.
public final class KafkaProducers {
  /// Short, so that the publishing thread looks about itself while Kafka is away; it tries again.
  private static final int MAX_BLOCK_MS = 1_000;

  /// Events wait for Kafka for as long as the edge lives: giving up would lose them.
  private static final int DELIVERY_TIMEOUT_MS = Integer.MAX_VALUE;

  /// What a request to a broker may take before it is repeated.
  private static final int REQUEST_TIMEOUT_MS = 10_000;

  /// Time for a fuller batch: part of the time from a hit to its number.
  private static final int LINGER_MS = 5;

  private static final int BATCH_BYTES = 64 * 1024;
  private static final long BUFFER_BYTES = 32L * 1024 * 1024;
  private static final int MAX_RECONNECT_BACKOFF_MS = 1_000;

  private KafkaProducers() {}

  /// An idempotent producer that waits for all replicas, made when it is asked for, which fails
  /// while no broker's name can be resolved.
  public static Supplier<Producer<byte[], byte[]>> idempotent(KafkaCluster cluster) {
    Map<String, Object> settings = cluster.settings();
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, "aftersend-edge");
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
    settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MS);
    settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_TIMEOUT_MS);
    settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, MAX_RECONNECT_BACKOFF_MS);
    return () ->
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
