package io.aftersend.query.live;

import io.aftersend.schemas.cluster.KafkaCluster;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topic;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// Opens readers of the topic of judged events, a bounded number at a time: each is a connection to
/// Kafka with buffers of its own. Safe for any thread.
final class TopicReaders {
  private static final int MAX_OPEN = 8;

  /// A client waits for the answer.
  private static final int TIMEOUT_MS = 8_000;

  private static final int FETCH_BYTES = 4 * 1024 * 1024;
  private static final int MAX_EVENTS = 1_000;

  private final Opener opener;
  private final Topic<String, JudgedEvent> topic;
  private final Semaphore free = new Semaphore(MAX_OPEN, true);

  /// Makes consumers of committed records.
  @FunctionalInterface
  interface Opener {
    Consumer<byte[], byte[]> open();
  }

  TopicReaders(Opener opener, Topic<String, JudgedEvent> topic) {
    this.opener = opener;
    this.topic = topic;
  }

  static TopicReaders of(KafkaCluster cluster, Topic<String, JudgedEvent> topic) {
    Map<String, Object> settings = cluster.settings();
    settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "aftersend-api-feed");
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    settings.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
    settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MS);
    settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MS / 2);
    settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_BYTES);
    settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_EVENTS);
    return new TopicReaders(
        () ->
            new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
        topic);
  }

  /// A reader at the oldest record, to be given to [#close(TopicReader)]; null when none was free
  /// in that time.
  ///
  /// @throws org.apache.kafka.common.KafkaException where Kafka cannot be reached
  @Nullable TopicReader open(long waitMs) throws InterruptedException {
    if (!free.tryAcquire(waitMs, TimeUnit.MILLISECONDS)) {
      return null;
    }
    try {
      return openUnbounded();
    } catch (RuntimeException e) {
      free.release();
      throw e;
    }
  }

  /// A reader beside the bounded ones, to be closed by itself.
  TopicReader openUnbounded() {
    Consumer<byte[], byte[]> consumer = opener.open();
    try {
      TopicReader reader = new TopicReader(consumer, topic);
      reader.seek(reader.start());
      return reader;
    } catch (RuntimeException e) {
      consumer.close();
      throw e;
    }
  }

  void close(TopicReader reader) {
    try {
      reader.close();
    } finally {
      free.release();
    }
  }
}
