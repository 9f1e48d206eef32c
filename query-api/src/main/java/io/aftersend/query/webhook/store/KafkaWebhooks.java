package io.aftersend.query.webhook.store;

import io.aftersend.query.settings.KafkaSettings;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import io.aftersend.schemas.webhook.DeadDelivery;
import io.aftersend.schemas.webhook.WebhookPosition;
import io.aftersend.schemas.webhook.WebhookProgress;
import io.aftersend.schemas.webhook.WebhookSubscription;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Webhooks in Kafka's compacted topics. Starts without waiting for Kafka.
public final class KafkaWebhooks implements WebhookStore, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(KafkaWebhooks.class);

  private final Topics topics;
  private final KafkaSettings publisher;
  private final InstantSource clock;
  private final WebhookTables tables = new WebhookTables();
  private final TopicFollower follower;

  private KafkaWebhooks(
      Topics topics, KafkaSettings publisher, ConsumerFactory consumers, InstantSource clock) {
    this.topics = topics;
    this.publisher = publisher;
    this.clock = clock;
    follower =
        TopicFollower.start(
            List.of(
                topics.webhooks().name(),
                topics.webhookProgress().name(),
                topics.deadDeliveries().name()),
            consumers::unassigned,
            this::take);
  }

  /// Starts to follow the topics.
  ///
  /// @param publisher borrowed
  public static KafkaWebhooks start(
      Topics topics, KafkaSettings publisher, ConsumerFactory consumers, InstantSource clock) {
    return new KafkaWebhooks(topics, publisher, consumers, clock);
  }

  private void take(ConsumerRecord<byte[], byte[]> record) {
    try {
      String key = topics.webhooks().keySerde().deserializer().deserialize("", record.key());
      WebhookKey webhook = WebhookKey.ofText(key);
      String topic = record.topic();
      if (topic.equals(topics.webhooks().name())) {
        tables.subscription(webhook, value(topics.webhooks(), record), record.partition());
      } else if (topic.equals(topics.webhookProgress().name())) {
        tables.progress(webhook, value(topics.webhookProgress(), record));
      } else {
        String delivery = key.substring(key.lastIndexOf('|') + 1);
        tables.dead(webhook, delivery, value(topics.deadDeliveries(), record));
      }
    } catch (SerializationException e) {
      log.error(
          "{}-{} at {}: {}", record.topic(), record.partition(), record.offset(), e.getMessage());
    }
  }

  private static <V> @Nullable V value(
      Topic<String, V> topic, ConsumerRecord<byte[], byte[]> record) {
    return record.value() == null
        ? null
        : topic.valueSerde().deserializer().deserialize(topic.name(), record.value());
  }

  @Override
  public WebhookTables tables() {
    return tables;
  }

  @Override
  public WebhookTables freshTables() {
    follower.catchUp();
    return tables;
  }

  @Override
  public void create(WebhookSubscription subscription) {
    // First from where on, then that it is there: a crash between the two leaves nothing that
    // sends.
    WebhookKey key = WebhookKey.of(subscription);
    WebhookProgress start = new WebhookProgress();
    start.setTenant(key.tenant());
    start.setWebhook(key.webhook());
    start.setPositions(follower.ask(this::ends));
    start.setWrittenAt(clock.instant());
    put(start);
    put(subscription);
  }

  private List<WebhookPosition> ends(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions = new ArrayList<>();
    for (String topic : List.of(topics.judgedEvents().name(), topics.signals().name())) {
      consumer
          .partitionsFor(topic)
          .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
    }
    return consumer.endOffsets(partitions).entrySet().stream()
        .map(
            end ->
                new WebhookPosition(end.getKey().topic(), end.getKey().partition(), end.getValue()))
        .toList();
  }

  @Override
  public void put(WebhookSubscription subscription) {
    publisher.publish(
        topics.webhooks(), WebhookKey.of(subscription).text(), subscription, clock.millis());
    follower.catchUp();
  }

  @Override
  public void remove(WebhookSubscription subscription) {
    WebhookKey key = WebhookKey.of(subscription);
    // The subscription first, so that whoever delivers to it stops; the rest is of no use then.
    publisher.remove(topics.webhooks(), key.text(), clock.millis());
    follower.catchUp();
    tables.dead(key).forEach(this::remove);
    publisher.remove(topics.webhookProgress(), key.text(), clock.millis());
  }

  @Override
  public void put(WebhookProgress progress) {
    publisher.publish(
        topics.webhookProgress(), WebhookKey.of(progress).text(), progress, clock.millis());
  }

  @Override
  public void put(DeadDelivery dead) {
    publisher.publish(topics.deadDeliveries(), text(dead), dead, clock.millis());
  }

  @Override
  public void remove(DeadDelivery dead) {
    publisher.remove(topics.deadDeliveries(), text(dead), clock.millis());
  }

  private static String text(DeadDelivery dead) {
    return WebhookKey.of(dead).text() + "|" + dead.getDelivery();
  }

  /// Stops to follow. Further calls do nothing.
  @Override
  public void close() {
    follower.close();
  }
}
