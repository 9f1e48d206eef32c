package io.aftersend.query.webhook.delivery;

import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.topic.Topics;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes deliveries of records. For one thread.
final class DeliveryReader {
  private static final Logger log = LoggerFactory.getLogger(DeliveryReader.class);

  private final Topics topics;
  private final String webhook;
  private final Selection selection;
  private final byte[] ownKeys;

  DeliveryReader(Topics topics, WebhookSubscription subscription) {
    this.topics = topics;
    webhook = subscription.getWebhook();
    selection = new Selection(subscription);
    ownKeys = (subscription.getTenant() + "|").getBytes(StandardCharsets.UTF_8);
  }

  /// What is to be delivered of a record; null where nothing is.
  @Nullable Delivery read(ConsumerRecord<byte[], byte[]> record) {
    try {
      return record.topic().equals(topics.signals().name()) ? signal(record) : event(record);
    } catch (SerializationException e) {
      log.error(
          "{}-{} at {}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
      return null;
    }
  }

  private @Nullable Delivery event(ConsumerRecord<byte[], byte[]> record) {
    // Of other tenants' events, which are most of them, not more than the key is looked at.
    if (record.value() == null || !isOwn(record.key())) {
      return null;
    }
    JudgedEvent event =
        topics.judgedEvents().valueSerde().deserializer().deserialize("", record.value());
    if (!selection.wants(event)) {
      return null;
    }
    String type = "event." + event.getType();
    return new Delivery(
        DeliveryId.of(webhook, event),
        type,
        new String(record.key(), StandardCharsets.UTF_8),
        partition(record),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        event.getCampaign(),
        event.getMessage(),
        event.getEventId(),
        DeliveryBody.of(type, event.getEventTime(), event));
  }

  private @Nullable Delivery signal(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return null;
    }
    Signal signal = topics.signals().valueSerde().deserializer().deserialize("", record.value());
    if (!selection.wants(signal)) {
      return null;
    }
    String type = "signal." + signal.getSignal();
    String id = DeliveryId.of(webhook, signal);
    return new Delivery(
        id,
        type,
        id,
        partition(record),
        record.offset(),
        Instant.ofEpochMilli(record.timestamp()),
        signal.getCampaign(),
        signal.getMessage(),
        signal.getEventId(),
        DeliveryBody.of(type, signal.getEventTime(), signal));
  }

  private boolean isOwn(byte[] key) {
    return key != null
        && key.length > ownKeys.length
        && Arrays.equals(key, 0, ownKeys.length, ownKeys, 0, ownKeys.length);
  }

  private static TopicPartition partition(ConsumerRecord<byte[], byte[]> record) {
    return new TopicPartition(record.topic(), record.partition());
  }
}
