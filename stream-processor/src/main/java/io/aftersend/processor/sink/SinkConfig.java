package io.aftersend.processor.sink;

import java.time.Duration;

/// How results go into ClickHouse.
///
/// @param isPaused whether results stay in Kafka
/// @param batchRows most rows of one insert
/// @param linger longest time for which numbers wait for a fuller insert
/// @param eventsLinger the same for events
/// @param sessionTimeout silence after which Kafka gives the partitions to others
public record SinkConfig(
    ClickHouseAddress clickHouse,
    boolean isPaused,
    int batchRows,
    Duration linger,
    Duration eventsLinger,
    Duration sessionTimeout) {}
