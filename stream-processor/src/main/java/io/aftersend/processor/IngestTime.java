package io.aftersend.processor;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/// The time of a record: its Kafka timestamp, which is the ingest time. A record without one, which
/// only other programs write, takes the time that its partition has reached.
final class IngestTime implements TimestampExtractor {
  @Override
  public long extract(ConsumerRecord<Object, Object> record, long partitionTimeMs) {
    return record.timestamp() >= 0 ? record.timestamp() : Math.max(partitionTimeMs, 0);
  }
}
