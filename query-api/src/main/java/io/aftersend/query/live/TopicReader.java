package io.aftersend.query.live;

import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.topic.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the judged events of all tenants from any position on, committed ones only. For one
/// thread.
///
/// Every method throws [KafkaException] where Kafka cannot be reached in time.
final class TopicReader implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(TopicReader.class);

  private final Consumer<byte[], byte[]> consumer;
  private final Topic<String, JudgedEvent> topic;
  private final List<TopicPartition> partitions;
  private Positions positions;

  /// @param consumer of committed records; owned from now on
  TopicReader(Consumer<byte[], byte[]> consumer, Topic<String, JudgedEvent> topic) {
    this.consumer = consumer;
    this.topic = topic;
    partitions =
        consumer.partitionsFor(topic.name()).stream()
            .map(partition -> new TopicPartition(topic.name(), partition.partition()))
            .sorted(Comparator.comparingInt(TopicPartition::partition))
            .toList();
    consumer.assign(partitions);
    positions = start();
  }

  /// The oldest records that are kept.
  Positions start() {
    return positions(consumer.beginningOffsets(partitions));
  }

  /// Behind the last committed record.
  Positions end() {
    return positions(consumer.endOffsets(partitions));
  }

  /// The first records that came in at a time or later.
  Positions at(Instant time) {
    Map<TopicPartition, Long> times = new HashMap<>();
    partitions.forEach(partition -> times.put(partition, time.toEpochMilli()));
    Map<TopicPartition, Long> offsets = consumer.endOffsets(partitions);
    consumer
        .offsetsForTimes(times)
        .forEach(
            (TopicPartition partition, OffsetAndTimestamp found) -> {
              if (found != null) {
                offsets.put(partition, found.offset());
              }
            });
    return positions(offsets);
  }

  private Positions positions(Map<TopicPartition, Long> offsets) {
    return Positions.of(
        partitions.stream().mapToLong(partition -> offsets.getOrDefault(partition, 0L)).toArray());
  }

  /// Whether everything from `from` on can still be read. It cannot where records were deleted
  /// meanwhile, or the topic is another one than it was.
  boolean has(Positions from) {
    Positions whole = Positions.of(new long[partitions.size()]);
    for (int partition = 0; partition < partitions.size(); partition++) {
      whole = whole.with(partition, from.next(partition));
    }
    return from.partitions() <= partitions.size() && whole.reach(start()) && end().reach(from);
  }

  /// Reads from there on; there is [#has(Positions)] to ask before.
  void seek(Positions from) {
    Positions whole = Positions.of(new long[partitions.size()]);
    for (TopicPartition partition : partitions) {
      consumer.seek(partition, from.next(partition.partition()));
      whole = whole.with(partition.partition(), from.next(partition.partition()));
    }
    positions = whole;
  }

  /// Where the next read begins.
  Positions positions() {
    return positions;
  }

  /// The next events, in the order of each partition; none after that time.
  List<LiveEvent> read(Duration wait) {
    ConsumerRecords<byte[], byte[]> records = consumer.poll(wait);
    List<LiveEvent> events = new ArrayList<>(records.count());
    for (ConsumerRecord<byte[], byte[]> record : records) {
      positions = positions.with(record.partition(), record.offset() + 1);
      add(events, record);
    }
    // Also behind the markers of transactions, which are no records.
    for (TopicPartition partition : partitions) {
      positions = positions.with(partition.partition(), consumer.position(partition));
    }
    return events;
  }

  private void add(List<LiveEvent> events, ConsumerRecord<byte[], byte[]> record) {
    try {
      JudgedEvent event =
          topic.valueSerde().deserializer().deserialize(record.topic(), record.value());
      events.add(new LiveEvent(record.partition(), record.offset(), positions, event));
    } catch (SerializationException e) {
      log.error("{}-{} @ {} is no event", record.topic(), record.partition(), record.offset(), e);
    }
  }

  @Override
  public void close() {
    consumer.close();
  }
}
