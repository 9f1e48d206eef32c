package io.aftersend.processor.sink;

import io.aftersend.schemas.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// The tables that one thread fills. The rows of events are many and dear, those of numbers few and
/// waited for: apart, neither waits for the other's inserts, and each has its own linger.
public enum SinkPart {
  EVENTS,
  NUMBERS;

  /// As metrics and the names of threads and clients have it.
  String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  List<SinkTable> tables(Topics topics) {
    return this == EVENTS ? SinkTable.ofEvents(topics) : SinkTable.ofNumbers(topics);
  }

  /// How its rows are put together.
  Batching batching(SinkConfig config) {
    return new Batching(
        wireName(), config.batchRows(), this == EVENTS ? config.eventsLinger() : config.linger());
  }

  /// How rows are put together for an insert.
  ///
  /// @param part its wire name
  /// @param rows most rows of one insert
  /// @param linger longest time for which rows wait for a fuller insert
  record Batching(String part, int rows, Duration linger) {}
}
