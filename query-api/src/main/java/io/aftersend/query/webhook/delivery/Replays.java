package io.aftersend.query.webhook.delivery;

import io.aftersend.query.webhook.receiver.Outcome;
import io.aftersend.query.webhook.store.WebhookKey;
import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/// The sending of dead deliveries again that somebody asked for: one attempt each, after which they
/// are off the list or back on it. For one thread.
final class Replays {
  private static final int MAX_AT_ONCE = 100;
  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MAX_POLLS = 10;

  private final WebhookSubscription subscription;
  private final WebhookKey key;
  private final DeliveryTools tools;
  private final Courier courier;
  private final DeadList deadList;

  Replays(
      WebhookSubscription subscription, DeliveryTools tools, Courier courier, DeadList deadList) {
    this.subscription = subscription;
    this.key = WebhookKey.of(subscription);
    this.tools = tools;
    this.courier = courier;
    this.deadList = deadList;
  }

  /// Deals with some of those that are asked for now.
  void run(Lanes lanes) throws InterruptedException {
    if (!tools.store().tables().hasReplays(key)) {
      return;
    }
    List<DeadDelivery> asked =
        tools.store().freshTables().dead(key).stream()
            .filter(dead -> dead.getReplayAskedAt() != null)
            .limit(MAX_AT_ONCE)
            .toList();
    DeliveryReader reader = new DeliveryReader(tools.topics(), subscription);
    Map<String, DeadDelivery> byId = new HashMap<>();
    List<Delivery> deliveries = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = tools.consumers().unassigned(1)) {
      for (DeadDelivery dead : asked) {
        ConsumerRecord<byte[], byte[]> record = record(consumer, dead);
        Delivery delivery = record == null ? null : reader.read(record);
        if (delivery == null || !delivery.id().equals(dead.getDelivery())) {
          deadList.failedAgain(dead, "its event is no longer kept, or no longer wanted");
        } else {
          byId.put(delivery.id(), dead);
          deliveries.add(delivery);
        }
      }
    }
    lanes.deliver(
        deliveries,
        delivery -> replay(delivery, Objects.requireNonNull(byId.get(delivery.id()))),
        () -> {});
  }

  private void replay(Delivery delivery, DeadDelivery dead) throws InterruptedException {
    Outcome outcome = courier.post(subscription, delivery.id(), delivery.body());
    if (outcome instanceof Outcome.Answered(int status, Duration _) && status / 100 == 2) {
      tools.metrics().delivered();
      deadList.remove(dead);
    } else {
      tools.metrics().failed();
      deadList.failedAgain(dead, outcome.text());
    }
  }

  private static @Nullable ConsumerRecord<byte[], byte[]> record(
      Consumer<byte[], byte[]> consumer, DeadDelivery dead) {
    TopicPartition partition = new TopicPartition(dead.getTopic(), dead.getPartition());
    consumer.assign(List.of(partition));
    consumer.seek(partition, dead.getOffset());
    try {
      for (int i = 0; i < MAX_POLLS; i++) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          return record.offset() == dead.getOffset() ? record : null;
        }
      }
    } catch (OffsetOutOfRangeException e) {
      return null;
    }
    return null;
  }
}
