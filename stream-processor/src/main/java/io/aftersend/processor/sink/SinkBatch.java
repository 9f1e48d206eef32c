package io.aftersend.processor.sink;

import io.aftersend.processor.deadletter.Unusable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.SerializationException;

/// Rows read from Kafka that wait to be inserted. For the sink's thread.
final class SinkBatch {
  private final Map<String, SinkTable> tables = new HashMap<>();
  private final Map<SinkTable, Map<Object, SinkRow>> rows = new LinkedHashMap<>();
  private final DeadLetterWriter deadLetters;
  private final SinkMetrics metrics;
  private int size;
  private boolean hasRead;
  private long oldestTimestampMs = Long.MAX_VALUE;

  SinkBatch(List<SinkTable> tables, DeadLetterWriter deadLetters, SinkMetrics metrics) {
    for (SinkTable table : tables) {
      this.tables.put(table.topicName(), table);
      rows.put(table, new LinkedHashMap<>());
    }
    this.deadLetters = deadLetters;
    this.metrics = metrics;
  }

  /// Adds a record. Bytes that are no such record become a dead letter; a record without value says
  /// that its key is gone, and rows are not deleted.
  void add(ConsumerRecord<byte[], byte[]> record) {
    SinkTable table = tables.get(record.topic());
    if (table == null) {
      throw new IllegalStateException("expected a topic of " + tables.keySet() + ", got " + record);
    }
    hasRead = true;
    oldestTimestampMs = Math.min(oldestTimestampMs, record.timestamp());
    if (record.value() == null) {
      metrics.onRecordWithoutValue(record.topic());
      return;
    }
    try {
      add(table, record, table.body(record.value()));
    } catch (SerializationException e) {
      deadLetters.send(
          SinkRow.placeOf(record),
          new Unusable(Unusable.Reason.UNDECODABLE, String.valueOf(e.getMessage())),
          record.key(),
          record.value());
    }
  }

  private void add(SinkTable table, ConsumerRecord<byte[], byte[]> record, ByteBuffer body) {
    SinkRow row = new SinkRow(SinkRow.placeOf(record), record.key(), record.value(), body);
    boolean isLastOfKey = table.isLastOfKey() && record.key() != null;
    Object identity = isLastOfKey ? ByteBuffer.wrap(record.key()) : row.place();
    Map<Object, SinkRow> ofTable = rows.computeIfAbsent(table, any -> new LinkedHashMap<>());
    if (ofTable.put(identity, row) == null) {
      size++;
    }
  }

  /// The rows of a table, each key's last one where that is all that counts.
  List<SinkRow> rowsOf(SinkTable table) {
    return new ArrayList<>(rows.getOrDefault(table, Map.of()).values());
  }

  /// The tables that rows wait for.
  List<SinkTable> waitingTables() {
    return rows.entrySet().stream()
        .filter(entry -> !entry.getValue().isEmpty())
        .map(Map.Entry::getKey)
        .toList();
  }

  /// Forgets the rows of a table: they are inserted.
  void inserted(SinkTable table) {
    Map<Object, SinkRow> ofTable = rows.put(table, new LinkedHashMap<>());
    size -= ofTable == null ? 0 : ofTable.size();
  }

  /// Forgets everything: it will be read again.
  void clear() {
    rows.replaceAll((table, any) -> new LinkedHashMap<>());
    size = 0;
    hasRead = false;
    oldestTimestampMs = Long.MAX_VALUE;
  }

  /// The number of rows that wait.
  int size() {
    return size;
  }

  /// Whether any record was added since [#clear], of which some may have given no row.
  boolean hasRead() {
    return hasRead;
  }

  /// The smallest Kafka timestamp added since [#clear], epoch milliseconds.
  long oldestTimestampMs() {
    return oldestTimestampMs;
  }
}
