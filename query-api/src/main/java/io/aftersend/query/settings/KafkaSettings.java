package io.aftersend.query.settings;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.cluster.KafkaCluster;
import io.aftersend.schemas.topic.Topic;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/// A publisher of what senders say of their campaigns, lists and webhooks to its compacted topics.
/// Safe for any thread.
public final class KafkaSettings implements AutoCloseable {
  /// A person waits for the answer to the change.
  private static final int TIMEOUT_MS = 8_000;

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);

  private final Producer<byte[], byte[]> producer;

  private KafkaSettings(Producer<byte[], byte[]> producer) {
    this.producer = producer;
  }

  /// Starts without waiting for the brokers.
  ///
  /// @throws StartupException when no host of the cluster is known, or its settings make no client
  public static KafkaSettings start(KafkaCluster cluster) {
    Map<String, Object> configuration = cluster.settings();
    configuration.put(ProducerConfig.CLIENT_ID_CONFIG, "aftersend-api");
    configuration.put(ProducerConfig.ACKS_CONFIG, "all");
    configuration.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    configuration.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    configuration.put(ProducerConfig.LINGER_MS_CONFIG, 0);
    configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, TIMEOUT_MS / 2);
    configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
    configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    try {
      return new KafkaSettings(
          new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer()));
    } catch (KafkaException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      throw new StartupException(
          "cannot use Kafka at %s: %s".formatted(cluster, reason.getMessage()), e);
    }
  }

  /// Returns when the record is durable.
  ///
  /// @param timestampMs of the record, epoch milliseconds
  /// @throws ProblemException 503 when it could not be made durable; it may still become so
  public <V> void publish(Topic<String, V> topic, String key, V settings, long timestampMs) {
    send(topic.encode(key, settings, timestampMs));
  }

  /// Returns when the end of a key is durable.
  ///
  /// @param timestampMs of the record, epoch milliseconds
  /// @throws ProblemException 503 when it could not be made durable; it may still become so
  public void remove(Topic<String, ?> topic, String key, long timestampMs) {
    send(topic.encodeEnd(key, timestampMs));
  }

  private void send(ProducerRecord<byte[], byte[]> record) {
    try {
      producer.send(record).get(TIMEOUT_MS + TIMEOUT_MS / 2, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  /// Sends what waits, for at most 3 seconds. Further calls do nothing.
  @Override
  public void close() {
    producer.close(CLOSE_TIMEOUT);
  }

  private static ProblemException unavailable(Exception e) {
    return new ProblemException(Problem.unavailable("Kafka cannot be reached now"), e);
  }
}
