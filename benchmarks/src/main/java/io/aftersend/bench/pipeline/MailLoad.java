package io.aftersend.bench.pipeline;

import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.topic.Topic;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/// Brings the events of mails into Kafka as the edge's forwarder would. For one thread.
final class MailLoad implements AutoCloseable {
  /// So many mails are reported before the first of them is opened: its facts have left the write
  /// buffers of the stores by then. In a small batch it is a quarter.
  private static final long LAG = 40_000;

  /// By the events' own times; they are sent as fast as Kafka takes them.
  private static final double MAILS_A_MS = 10;

  private final Producer<byte[], byte[]> producer;
  private final Topic<String, EmailEvent> topic;
  private final Clock clock;
  private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

  MailLoad(String bootstrap, Topic<String, EmailEvent> topic, Clock clock) {
    this.topic = topic;
    this.clock = clock;
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4",
                ProducerConfig.LINGER_MS_CONFIG,
                20,
                ProducerConfig.BATCH_SIZE_CONFIG,
                256 * 1024),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /// Sends all events of a batch, and returns when Kafka has them.
  ///
  /// @throws StartupException when Kafka has not taken one
  void send(Batch batch, MailEvents events) {
    send(batch, events, MAILS_A_MS, index -> {});
  }

  /// Sends all events of a batch at a rate.
  ///
  /// @throws StartupException when Kafka has not taken one
  void send(Batch batch, MailEvents events, int mailsPerSecond) {
    long startNs = System.nanoTime();
    send(
        batch,
        events,
        mailsPerSecond / 1e3,
        index -> {
          long dueNs = startNs + Math.round(index * 1e9 / mailsPerSecond);
          LockSupport.parkNanos(Math.max(0, dueNs - System.nanoTime()));
        });
  }

  private void send(Batch batch, MailEvents events, double mailsPerMs, LongConsumer wait) {
    long lag = Math.min(LAG, batch.mails() / 4);
    long startMs = clock.millis();
    for (long index = 0; index < batch.mails() + lag; index++) {
      wait.accept(index);
      long nowMs = startMs + Math.round(index / mailsPerMs);
      if (index < batch.mails()) {
        events.reports(batch.mail(index), nowMs, this::send);
      }
      long earlier = index - lag;
      if (earlier >= 0 && earlier < batch.mails()) {
        events.hits(
            batch.mail(earlier), startMs + Math.round(earlier / mailsPerMs), nowMs, this::send);
      }
    }
    producer.flush();
    Exception first = failure.get();
    if (first != null) {
      throw new StartupException("Kafka did not take an event: " + first, first);
    }
  }

  /// Sends one event.
  void send(EmailEvent event) {
    Future<RecordMetadata> _ =
        producer.send(
            topic.encode(EventKey.of(event), event, event.getIngestTime().toEpochMilli()),
            (metadata, problem) -> {
              if (problem != null) {
                failure.compareAndSet(null, problem);
              }
            });
  }

  @Override
  public void close() {
    producer.close();
  }
}
