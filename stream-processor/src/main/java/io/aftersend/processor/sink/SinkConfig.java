package io.aftersend.processor.sink;

import java.time.Duration;

/// How results go into ClickHouse.
///
/// @param isPaused whether results stay in Kafka
/// @param batchRows most rows of one insert
/// @param linger longest time for which rows wait for a fuller insert
/// @param sessionTimeout silence after which Kafka gives the partitions to others
public record SinkConfig(
    ClickHouseAddress clickHouse,
    boolean isPaused,
    int batchRows,
    Duration linger,
    Duration sessionTimeout) {}
