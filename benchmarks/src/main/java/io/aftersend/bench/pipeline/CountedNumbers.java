package io.aftersend.bench.pipeline;

import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.topic.Topic;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/// The committed numbers of all campaigns, as the topic of metrics has them. For one thread.
final class CountedNumbers implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);
  private static final int SHOWN_DIFFERENCES = 5;
  private static final List<String> TYPES =
      List.of("sent", "delivered", "bounced", "opened", "clicked");

  private final Topic<String, CampaignMetrics> topic;
  private final Consumer<byte[], byte[]> consumer;
  private final Map<String, Map<String, Long>> counters = new HashMap<>();

  CountedNumbers(String bootstrap, Topic<String, CampaignMetrics> topic) {
    this.topic = topic;
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                20_000),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /// Waits until the numbers are those of the book.
  ///
  /// @param patience how long they may stand still
  /// @throws StartupException with what differs, when they stand still for longer
  void await(Expected expected, Duration patience) {
    long events = expected.events();
    long counted = counted(expected);
    long movedNs = System.nanoTime();
    while (counted < events || !differences(expected).isEmpty()) {
      poll();
      long now = counted(expected);
      if (now != counted) {
        counted = now;
        movedNs = System.nanoTime();
      } else if (System.nanoTime() - movedNs > patience.toNanos()) {
        throw new StartupException(
            "the numbers are wrong, or stand still for more than %d s: %d of %d events counted; %s"
                .formatted(patience.toSeconds(), counted, events, differences(expected)));
      }
    }
  }

  private void poll() {
    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
      CampaignMetrics metrics =
          topic.valueSerde().deserializer().deserialize(topic.name(), record.value());
      if (metrics.getDimension().isEmpty()) {
        counters.put(metrics.getCampaign(), metrics.getCounters());
      }
    }
  }

  /// How many events of the book's campaigns are counted so far.
  private long counted(Expected expected) {
    long events = 0;
    for (String campaign : expected.counters().keySet()) {
      Map<String, Long> counts = counters.getOrDefault(campaign, Map.of());
      for (String type : TYPES) {
        events += counts.getOrDefault(type + ".total", 0L);
      }
    }
    return events;
  }

  private List<String> differences(Expected expected) {
    return expected.counters().entrySet().stream()
        .flatMap(
            campaign -> {
              Map<String, Long> counts = counters.getOrDefault(campaign.getKey(), Map.of());
              return campaign.getValue().entrySet().stream()
                  .filter(
                      counter ->
                          !Objects.equals(
                              counts.getOrDefault(counter.getKey(), 0L), counter.getValue()))
                  .map(
                      counter ->
                          "%s %s: expected %d, got %d"
                              .formatted(
                                  campaign.getKey(),
                                  counter.getKey(),
                                  counter.getValue(),
                                  counts.getOrDefault(counter.getKey(), 0L)));
            })
        .limit(SHOWN_DIFFERENCES)
        .toList();
  }

  @Override
  public void close() {
    consumer.close();
  }
}
