package io.aftersend.edge.forward;

import io.aftersend.edge.journal.LaneReader;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The forwarder's Kafka client: made when it is needed, thrown away when it is broken. Confined to
/// the forwarding thread; Kafka's own thread only settles records.
final class KafkaSender implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaSender.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  /// Of a value that is too large for the dead letters as well only the beginning is kept.
  private static final int MAX_DEAD_VALUE_BYTES = 256 * 1024;

  private final String topic;
  private final Topic<String, DeadLetter> deadLetters;
  private final Supplier<Producer<byte[], byte[]>> producers;
  private final ForwardMetrics metrics;
  private final InstantSource clock;
  private final Thread thread = Thread.currentThread();
  private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();

  private @Nullable Producer<byte[], byte[]> producer;

  /// Set by whatever makes the client useless.
  private volatile boolean isBroken;

  private volatile boolean isFailing;

  /// Made on the forwarding thread.
  KafkaSender(
      String topic,
      Topic<String, DeadLetter> deadLetters,
      Supplier<Producer<byte[], byte[]>> producers,
      ForwardMetrics metrics,
      InstantSource clock) {
    this.topic = topic;
    this.deadLetters = deadLetters;
    this.producers = producers;
    this.metrics = metrics;
    this.clock = clock;
  }

  private record Refused(
      Chunk chunk, boolean isResent, ProducerRecord<byte[], byte[]> record, Exception error) {}

  /// Hands Kafka's client the record that a reader stands at.
  ///
  /// @return false when it does not take it now
  boolean send(LaneReader reader, Chunk chunk) {
    if (isBroken) {
      return false;
    }
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, reader.timestampMs(), reader.key(), reader.value());
    Delivery delivery = new Delivery(chunk, reader.isResent(), record);
    chunk.expect();
    if (!send(record, delivery)) {
      chunk.unexpect();
      return false;
    }
    chunk.sent(reader.isResent(), reader.sizeBytes(), reader.timestampMs());
    return true;
  }

  private boolean send(ProducerRecord<byte[], byte[]> record, Delivery delivery) {
    try {
      var _ = producer().send(record, delivery);
      return delivery.leaveSend();
    } catch (KafkaException | IllegalStateException e) {
      failing(e);
      isBroken = true;
      return false;
    }
  }

  private Producer<byte[], byte[]> producer() {
    Producer<byte[], byte[]> present = producer;
    if (present == null) {
      present = producers.get();
      producer = present;
    }
    return present;
  }

  /// Hands a record over that nobody waits for.
  void sendInPassing(ProducerRecord<byte[], byte[]> record) {
    if (isBroken) {
      return;
    }
    try {
      var _ =
          producer()
              .send(
                  record,
                  (metadata, error) -> {
                    if (error != null) {
                      metrics.publishFailed(error);
                    }
                  });
    } catch (KafkaException | IllegalStateException e) {
      failing(e);
      isBroken = true;
    }
  }

  /// Whether the client must be thrown away, and all that is unsettled be sent again.
  boolean isBroken() {
    return isBroken;
  }

  /// Throws the client away; the next record makes another.
  void renew() {
    closeProducer();
    refused.clear();
    isBroken = false;
  }

  /// Sets aside what Kafka will never take.
  void sendDeadLetters() {
    for (Refused next = refused.poll(); next != null; next = refused.poll()) {
      log.error(
          "Kafka will never take an event of {} bytes, it goes to {}: {}",
          next.record.value().length,
          deadLetters.name(),
          next.error.toString());
      sendDeadLetter(next);
    }
  }

  private void sendDeadLetter(Refused dead) {
    byte[] value = dead.record.value();
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSource("edge")
            .setReason(LaneForwarder.REFUSED)
            .setError(String.valueOf(dead.error.getMessage()))
            .setTime(Instant.ofEpochMilli(clock.millis()))
            .setKey(ByteBuffer.wrap(dead.record.key()))
            .setValue(ByteBuffer.wrap(value, 0, Math.min(value.length, MAX_DEAD_VALUE_BYTES)))
            .build();
    try {
      var _ =
          producer()
              .send(
                  deadLetters.encode("edge", letter, clock.millis()),
                  (metadata, error) -> settleDead(dead, error));
    } catch (KafkaException | IllegalStateException e) {
      failing(e);
      isBroken = true;
    }
  }

  private void settleDead(Refused dead, @Nullable Exception error) {
    if (error == null) {
      dead.chunk.refused(dead.isResent);
    } else {
      failing(error);
      isBroken = true;
    }
  }

  private void failing(Exception error) {
    metrics.publishFailed(error);
    if (!isFailing) {
      isFailing = true;
      log.warn("Kafka does not take events, they wait in the journal: {}", error.toString());
    }
  }

  private void acknowledged(Chunk chunk, long sentNs) {
    metrics.acknowledged(System.nanoTime() - sentNs);
    if (isFailing) {
      isFailing = false;
      log.info("Kafka takes events again");
    }
    chunk.acknowledged();
  }

  private static boolean isForGood(Exception error) {
    return error instanceof RecordTooLargeException
        || error instanceof RecordBatchTooLargeException
        || error instanceof InvalidRecordException
        || error instanceof InvalidTimestampException;
  }

  private void closeProducer() {
    Producer<byte[], byte[]> present = producer;
    producer = null;
    if (present != null) {
      present.close(CLOSE_TIMEOUT);
    }
  }

  /// Gives what is under way a short time to arrive.
  @Override
  public void close() {
    isBroken = true;
    closeProducer();
  }

  /// The way of one record to Kafka.
  private final class Delivery implements Callback {
    private final Chunk chunk;
    private final boolean isResent;
    private final ProducerRecord<byte[], byte[]> record;
    private final long sentNs = System.nanoTime();
    private boolean isInSend = true;
    private boolean isRefusedInSend;

    Delivery(Chunk chunk, boolean isResent, ProducerRecord<byte[], byte[]> record) {
      this.chunk = chunk;
      this.isResent = isResent;
      this.record = record;
    }

    /// Called by the forwarding thread.
    ///
    /// @return whether the record is on its way or done with
    boolean leaveSend() {
      isInSend = false;
      return !isRefusedInSend;
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
      if (error == null) {
        acknowledged(chunk, sentNs);
      } else if (isForGood(error)) {
        refused.add(new Refused(chunk, isResent, record, error));
      } else {
        failing(error);
        // The client's buffer is full, or it knows no broker yet: the same record comes again.
        boolean isNotYet =
            error instanceof RetriableException
                && Thread.currentThread().equals(thread)
                && isInSend;
        if (isNotYet) {
          isRefusedInSend = true;
        } else {
          isBroken = true;
        }
      }
    }
  }
}
