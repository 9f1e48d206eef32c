package io.aftersend.edge.forward;

import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.topic.Topic;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The events that Kafka will never take, on their way to the dead letters. Filled by any thread,
/// sent by the forwarding one.
final class DeadLetterBox {
  private static final Logger log = LoggerFactory.getLogger(DeadLetterBox.class);

  /// Of a value that is too large for the dead letters as well only the beginning is kept.
  private static final int MAX_VALUE_BYTES = 256 * 1024;

  /// While the topic does not take them, since each attempt may block.
  private static final long RETRY_PAUSE_MS = 5_000;

  private final Topic<String, DeadLetter> topic;
  private final InstantSource clock;
  private final Queue<Refused> refused = new ConcurrentLinkedQueue<>();
  private long retryMs;

  DeadLetterBox(Topic<String, DeadLetter> topic, InstantSource clock) {
    this.topic = topic;
    this.clock = clock;
  }

  private record Refused(
      Chunk chunk, boolean isResent, ProducerRecord<byte[], byte[]> record, Exception error) {}

  /// Whether a record that fails so will fail at every further attempt, whichever client sends it.
  static boolean isForGood(Exception error) {
    return error instanceof RecordTooLargeException
        || error instanceof RecordBatchTooLargeException
        || error instanceof InvalidRecordException
        || error instanceof InvalidTimestampException;
  }

  void add(Chunk chunk, boolean isResent, ProducerRecord<byte[], byte[]> record, Exception error) {
    refused.add(new Refused(chunk, isResent, record, error));
  }

  /// Forgets all: their client is gone, and they will be refused again.
  void clear() {
    refused.clear();
    retryMs = 0;
  }

  /// Sends what is there and can be sent now.
  void send(KafkaSender sender) {
    if (refused.isEmpty() || clock.millis() < retryMs) {
      return;
    }
    for (Refused next = refused.peek(); next != null; next = refused.peek()) {
      if (!sender.send(record(next), new Settlement(next))) {
        retryMs = clock.millis() + RETRY_PAUSE_MS;
        return;
      }
      refused.poll();
      log.error(
          "Kafka will never take an event of {} bytes, it goes to {}: {}",
          next.record.value().length,
          topic.name(),
          next.error.toString());
    }
  }

  private ProducerRecord<byte[], byte[]> record(Refused dead) {
    byte[] value = dead.record.value();
    DeadLetter letter =
        DeadLetter.newBuilder()
            .setSource("edge")
            .setReason(LaneForwarder.REFUSED)
            .setError(String.valueOf(dead.error.getMessage()))
            .setTime(Instant.ofEpochMilli(clock.millis()))
            .setKey(ByteBuffer.wrap(dead.record.key()))
            .setValue(ByteBuffer.wrap(value, 0, Math.min(value.length, MAX_VALUE_BYTES)))
            .build();
    return topic.encode("edge", letter, clock.millis());
  }

  /// The lane does not wait for a topic of dead letters that takes none.
  private record Settlement(Refused dead) implements Delivery.Outcome {
    @Override
    public void acknowledged() {
      dead.chunk.refused(dead.isResent);
    }

    @Override
    public void failed(Exception error) {
      log.error(
          "The dead letters do not take an event either, it is only counted: {}", error.toString());
      dead.chunk.refused(dead.isResent);
    }
  }
}
