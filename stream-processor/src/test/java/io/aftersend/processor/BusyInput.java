package io.aftersend.processor;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.streams.BusyTask;
import org.apache.kafka.streams.TopologyTestDriver;

/// Events for a test driver whose task takes many of them between two commits.
final class BusyInput {
  private static final int BETWEEN_COMMITS = 100;

  private final TopologyTestDriver driver;
  private final Topic<String, EmailEvent> topic;

  /// Above those that the driver counts for itself.
  private long offset = 1L << 32;

  BusyInput(TopologyTestDriver driver, Topic<String, EmailEvent> topic) {
    this.driver = driver;
    this.topic = topic;
  }

  void take(List<EmailEvent> events) {
    for (int from = 0; from < events.size(); from += BETWEEN_COMMITS) {
      int to = Math.min(from + BETWEEN_COMMITS, events.size());
      BusyTask.take(driver, events.subList(from, to).stream().map(this::record).toList());
    }
  }

  private ConsumerRecord<byte[], byte[]> record(EmailEvent event) {
    byte[] key = topic.keySerde().serializer().serialize(topic.name(), EventKey.of(event));
    byte[] value = topic.valueSerde().serializer().serialize(topic.name(), event);
    return new ConsumerRecord<>(
        topic.name(),
        0,
        offset++,
        event.getIngestTime().toEpochMilli(),
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }
}
