package io.aftersend.query.webhook.delivery;

import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.schemas.webhook.WebhookPosition;
import io.aftersend.schemas.webhook.WebhookProgress;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// How far one webhook has come. A partition's position is its first record that was not dealt
/// with, so that whoever begins there leaves nothing out. Safe for any thread.
final class Progress {
  private final WebhookKey key;
  private final Map<TopicPartition, Long> read = new HashMap<>();
  private final Map<TopicPartition, TreeMap<Long, Instant>> pending = new HashMap<>();
  private long delivered;
  private long givenUp;
  private long missed;
  private int attempts;
  private @Nullable Instant lastSuccess;
  private @Nullable Instant lastFailure;
  private @Nullable String lastError;
  private @Nullable Instant nextAttempt;
  private long changes;

  Progress(WebhookKey key, WebhookProgress before) {
    this.key = key;
    for (WebhookPosition position : before.getPositions()) {
      read.put(
          new TopicPartition(position.getTopic(), position.getPartition()),
          position.getNextOffset());
    }
    delivered = before.getDelivered();
    givenUp = before.getGivenUp();
    missed = before.getMissed();
    attempts = before.getAttempts();
    lastSuccess = before.getLastSuccess();
    lastFailure = before.getLastFailure();
    lastError = before.getLastError();
  }

  /// Where the partition goes on; null where it is a new one.
  synchronized @Nullable Long position(TopicPartition partition) {
    TreeMap<Long, Instant> waiting = pending.get(partition);
    return waiting == null || waiting.isEmpty() ? read.get(partition) : waiting.firstKey();
  }

  /// Notes a record that was read, and of which there is nothing to deliver.
  synchronized void passed(TopicPartition partition, long offset) {
    read.put(partition, offset + 1);
  }

  /// Notes a record that was read and is to be delivered.
  synchronized void took(Delivery delivery) {
    passed(delivery.partition(), delivery.offset());
    pending
        .computeIfAbsent(delivery.partition(), _ -> new TreeMap<>())
        .put(delivery.offset(), delivery.arrivedAt());
    changes++;
  }

  /// Notes that the receiver took it.
  synchronized void delivered(Delivery delivery, Instant now) {
    end(delivery);
    delivered++;
    attempts = 0;
    lastSuccess = now;
    nextAttempt = null;
  }

  /// Notes that it went to the dead list.
  synchronized void gaveUp(Delivery delivery) {
    end(delivery);
    givenUp++;
    nextAttempt = null;
  }

  /// Notes that an attempt failed.
  ///
  /// @param next when the next one is due; null where there is none
  synchronized void failed(String error, Instant now, @Nullable Instant next) {
    attempts++;
    lastFailure = now;
    lastError = error;
    nextAttempt = next;
    changes++;
  }

  /// Notes that Kafka no longer has the records before the offset.
  synchronized void beginsAt(TopicPartition partition, long offset) {
    missed += Math.max(0, offset - read.getOrDefault(partition, offset));
    read.put(partition, offset);
    changes++;
  }

  private void end(Delivery delivery) {
    TreeMap<Long, Instant> waiting = pending.get(delivery.partition());
    if (waiting != null) {
      waiting.remove(delivery.offset());
    }
    changes++;
  }

  /// Grows with everything that is worth being told at once.
  synchronized long changes() {
    return changes;
  }

  /// Arrival of the oldest record that waits; null when none does.
  synchronized @Nullable Instant behindSince() {
    return pending.values().stream()
        .flatMap(waiting -> waiting.values().stream())
        .min(Instant::compareTo)
        .orElse(null);
  }

  /// All of it as a record.
  synchronized WebhookProgress record(Instant now) {
    return new WebhookProgress(
        key.tenant(),
        key.webhook(),
        read.keySet().stream()
            .map(
                partition ->
                    new WebhookPosition(
                        partition.topic(),
                        partition.partition(),
                        Objects.requireNonNull(position(partition))))
            .toList(),
        delivered,
        givenUp,
        missed,
        attempts,
        lastSuccess,
        lastFailure,
        lastError,
        nextAttempt,
        behindSince(),
        now);
  }
}
