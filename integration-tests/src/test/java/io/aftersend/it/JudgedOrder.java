package io.aftersend.it;

import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// What Kafka holds of a campaign's judged events, seen from outside by a plain consumer.
final class JudgedOrder {
  private static final Topic<String, JudgedEvent> TOPIC = Topics.withPrefix("").judgedEvents();
  private static final Duration POLL = Duration.ofMillis(200);

  private JudgedOrder() {}

  /// Each message's judgements in their order, `event_id revision`, by message.
  static Map<String, List<String>> read(String bootstrap, String tenant, String campaign) {
    Map<String, List<String>> order = new TreeMap<>();
    Map<String, Object> configuration =
        Map.of("bootstrap.servers", bootstrap, "isolation.level", "read_committed");
    try (Consumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            configuration, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(TOPIC.name()).stream()
              .map(each -> new TopicPartition(TOPIC.name(), each.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
          JudgedEvent event =
              TOPIC.valueSerde().deserializer().deserialize(TOPIC.name(), record.value());
          if (campaign.equals(event.getCampaign()) && tenant.equals(event.getTenant())) {
            order
                .computeIfAbsent(event.getMessage(), _ -> new ArrayList<>())
                .add(event.getEventId() + " " + event.getRevision());
          }
        }
      }
    }
    return order;
  }
}
