package io.aftersend.processor.sink;

import io.aftersend.processor.deadletter.DeadLetters;
import io.aftersend.processor.deadletter.Place;
import io.aftersend.processor.deadletter.Unusable;
import io.aftersend.schemas.deadletter.DeadLetter;
import io.aftersend.schemas.topic.Topic;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/// Writes the sink's dead letters. For the sink's thread.
final class DeadLetterWriter {
  private final Producer<byte[], byte[]> producer;
  private final Topic<String, DeadLetter> topic;
  private final SinkMetrics metrics;
  private final Clock clock;
  private final List<Future<?>> unacknowledged = new ArrayList<>();

  DeadLetterWriter(
      Producer<byte[], byte[]> producer,
      Topic<String, DeadLetter> topic,
      SinkMetrics metrics,
      Clock clock) {
    this.producer = producer;
    this.topic = topic;
    this.metrics = metrics;
    this.clock = clock;
  }

  /// Sends a dead letter; [#awaitAll] says when it is safe.
  void send(Place place, Unusable unusable, byte @Nullable [] key, byte[] value) {
    long nowMs = clock.millis();
    DeadLetter letter = DeadLetters.of(place, unusable, key, value, nowMs);
    unacknowledged.add(producer.send(topic.encode(place.toString(), letter, nowMs)));
    metrics.onDeadLetter(unusable.reason());
  }

  /// Waits until Kafka has acknowledged all of them.
  ///
  /// @throws KafkaException where it does not
  void awaitAll() throws InterruptedException {
    producer.flush();
    for (Future<?> sent : unacknowledged) {
      try {
        sent.get();
      } catch (ExecutionException e) {
        throw new KafkaException("a dead letter was not written: " + e.getCause(), e);
      }
    }
    unacknowledged.clear();
  }
}
