package io.aftersend.processor.sink;

import io.aftersend.processor.deadletter.Place;
import java.nio.ByteBuffer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/// A row on its way into a table.
///
/// @param place where its record lies
/// @param key the record's key
/// @param value the record's bytes, for a dead letter
/// @param body the part of them that is the row
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record SinkRow(Place place, byte @Nullable [] key, byte[] value, ByteBuffer body) {

  static Place placeOf(ConsumerRecord<byte[], byte[]> record) {
    return new Place(record.topic(), record.partition(), record.offset());
  }
}
