package io.aftersend.it;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.topic.Topic;
import io.aftersend.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/// What Kafka holds of the events of a ledger's campaign, seen from outside by a plain consumer:
/// how often each message is there, what was sent again, and what breaks the order of a journal's
/// lane.
///
/// A record is sent again when it has the journal, lane and sequence of an earlier one; that is no
/// second event.
final class PublishedEvents {
  private static final Topic<String, EmailEvent> TOPIC = Topics.withPrefix("").emailEvents();
  private static final Duration POLL = Duration.ofMillis(200);
  private static final int SHOWN_PROBLEMS = 20;

  private final HitLedger ledger;
  private final int[] timesSeen;
  private final Map<Lane, BitSet> sequences = new HashMap<>();
  private final Map<LaneInPartition, Long> lastFirsts = new HashMap<>();
  private final List<String> disorder = new ArrayList<>();
  private long sentAgain;

  /// The one writer's row of records in an edge's journal.
  private record Lane(String journal, int lane) {}

  private record LaneInPartition(Lane lane, int partition) {}

  private PublishedEvents(HitLedger ledger) {
    this.ledger = ledger;
    timesSeen = new int[ledger.size()];
  }

  /// Reads the topic from its beginning to its present end.
  static PublishedEvents read(String bootstrap, HitLedger ledger) {
    PublishedEvents events = new PublishedEvents(ledger);
    try (Consumer<byte[], byte[]> consumer = consumer(bootstrap)) {
      Map<TopicPartition, Long> ends = assignAll(consumer);
      consumer.seekToBeginning(ends.keySet());
      while (ends.entrySet().stream()
          .anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
        consumer.poll(POLL).forEach(events::add);
      }
    }
    return events;
  }

  /// How many records the topic has taken so far.
  static long count(String bootstrap) {
    try (Consumer<byte[], byte[]> consumer = consumer(bootstrap)) {
      return assignAll(consumer).values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /// How often each message's event is there, by the message's number.
  int[] timesSeen() {
    return timesSeen.clone();
  }

  /// How many messages are there.
  int messages() {
    int count = 0;
    for (int times : timesSeen) {
      count += times > 0 ? 1 : 0;
    }
    return count;
  }

  long sentAgain() {
    return sentAgain;
  }

  /// First appearances that came behind a later one of their lane in the same partition.
  List<String> disorder() {
    return List.copyOf(disorder);
  }

  /// Lanes with numbers from 1 that never appeared below one that did, and how many those are.
  Map<String, Integer> gaps() {
    Map<String, Integer> gaps = new TreeMap<>();
    sequences.forEach(
        (lane, seen) -> {
          int missing = seen.length() - 1 - seen.cardinality();
          if (missing != 0) {
            gaps.put(lane.journal + "-" + lane.lane, missing);
          }
        });
    return gaps;
  }

  private void add(ConsumerRecord<byte[], byte[]> record) {
    EmailEvent event = TOPIC.valueSerde().deserializer().deserialize(TOPIC.name(), record.value());
    String message = event.getMessage();
    if (message == null || !ledger.campaign().equals(event.getCampaign())) {
      return;
    }
    int number = ledger.number(message);
    Lane lane = laneOf(event);
    boolean isFirst =
        lane == null
            ? timesSeen[number] == 0
            : isFirst(lane, sequenceOf(event), record.partition());
    if (isFirst) {
      timesSeen[number]++;
    } else {
      sentAgain++;
    }
  }

  private boolean isFirst(Lane lane, long sequence, int partition) {
    BitSet seen = sequences.computeIfAbsent(lane, any -> new BitSet());
    int bit = Math.toIntExact(sequence);
    if (seen.get(bit)) {
      return false;
    }
    seen.set(bit);
    Long last = lastFirsts.put(new LaneInPartition(lane, partition), sequence);
    if (last != null && last > sequence && disorder.size() < SHOWN_PROBLEMS) {
      disorder.add(
          "partition %d: %s-%d-%d came behind %d"
              .formatted(partition, lane.journal, lane.lane, sequence, last));
    }
    return true;
  }

  private static @Nullable Lane laneOf(EmailEvent event) {
    String journal = event.getJournal();
    Integer lane = event.getLane();
    return journal == null || lane == null ? null : new Lane(journal, lane);
  }

  private static long sequenceOf(EmailEvent event) {
    Long sequence = event.getSequence();
    if (sequence == null) {
      throw new AssertionError("expected a sequence beside journal and lane in " + event);
    }
    return sequence;
  }

  private static Map<TopicPartition, Long> assignAll(Consumer<byte[], byte[]> consumer) {
    List<TopicPartition> partitions =
        consumer.partitionsFor(TOPIC.name()).stream()
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    return consumer.endOffsets(partitions);
  }

  private static Consumer<byte[], byte[]> consumer(String bootstrap) {
    return new KafkaConsumer<>(
        Map.of("bootstrap.servers", bootstrap, "max.poll.records", "20000"),
        new ByteArrayDeserializer(),
        new ByteArrayDeserializer());
  }
}
