-- What became of the sequences of each lane of an edge's journal, as the edge and the processor say it. Read it through
-- the view `accounting_balance`.
CREATE TABLE IF NOT EXISTS accounting
(
    `stage` LowCardinality(String) COMMENT 'Who says it: edge or processor.',
    `edge` LowCardinality(String) COMMENT 'The edge''s id; empty from the processor.',
    `journal` String COMMENT 'Id of the journal, 16 hexadecimal digits.',
    `lane` Int32 COMMENT 'Lane of the journal.',
    `time` DateTime64(3, 'UTC') COMMENT 'As of when it is said.',
    `highest` Int64 COMMENT 'Highest sequence that the stage has seen; the first is 1.',
    `acknowledged` Nullable(Int64) COMMENT 'Sequences that Kafka acknowledged; from the edge.',
    `waiting` Nullable(Int64) COMMENT 'Sequences that wait for Kafka; from the edge.',
    `stored` Nullable(Int64) COMMENT 'Sequences that became a row of their own; from the processor.',
    `repeats` Nullable(Int64) COMMENT 'Sequences whose event_id another sequence had brought before; from the processor.',
    `dropped` Map(LowCardinality(String), Int64) COMMENT 'Sequences that the stage dropped, by reason.',
    `resent` Int64 COMMENT 'Records of sequences that had come before, or were sent before; in no sum.',
    `lag_bytes` Nullable(Int64) COMMENT 'Bytes of the journal that wait for Kafka; from the edge.',
    `lag_ms` Nullable(Int64) COMMENT 'Age of the oldest record that waits for Kafka, milliseconds; from the edge.',
    `first_expiry` Nullable(Date32) COMMENT 'Day on which the first stored row ends by retention; before it, all are there; from the processor.',
    `version` Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (journal, lane, stage);

-- One row per lane: both stages side by side, and what neither accounts for.
-- highest = acknowledged + waiting + dropped_by_edge + missing_at_edge
-- acknowledged = stored + repeats + dropped_by_processor + missing
CREATE OR REPLACE VIEW accounting_balance AS
SELECT
    journal,
    lane,
    max(row_edge) AS edge,
    max(edge_row_time) AS edge_time,
    max(processor_row_time) AS processor_time,
    sum(edge_highest) AS highest,
    sum(row_acknowledged) AS acknowledged,
    sum(row_waiting) AS waiting,
    sumMap(edge_drops) AS edge_drop_reasons,
    arraySum(mapValues(edge_drop_reasons)) AS dropped_by_edge,
    highest - acknowledged - waiting - dropped_by_edge AS missing_at_edge,
    sum(row_stored) AS stored,
    sum(row_repeats) AS repeats,
    sumMap(processor_drops) AS processor_drop_reasons,
    arraySum(mapValues(processor_drop_reasons)) AS dropped_by_processor,
    sum(processor_resent) AS resent,
    acknowledged - stored - repeats - dropped_by_processor AS missing,
    sum(edge_resent) AS resent_by_edge,
    max(row_lag_bytes) AS lag_bytes,
    max(row_lag_ms) AS lag_ms,
    max(row_first_expiry) AS first_expiry
FROM
(
    SELECT
        journal,
        lane,
        stage = 'edge' AS is_edge,
        toString(edge) AS row_edge,
        if(is_edge, time, NULL) AS edge_row_time,
        if(is_edge, NULL, time) AS processor_row_time,
        if(is_edge, highest, 0) AS edge_highest,
        ifNull(acknowledged, 0) AS row_acknowledged,
        ifNull(waiting, 0) AS row_waiting,
        ifNull(stored, 0) AS row_stored,
        ifNull(repeats, 0) AS row_repeats,
        CAST(if(is_edge, dropped, map()), 'Map(String, Int64)') AS edge_drops,
        CAST(if(is_edge, map(), dropped), 'Map(String, Int64)') AS processor_drops,
        if(is_edge, resent, 0) AS edge_resent,
        if(is_edge, 0, resent) AS processor_resent,
        ifNull(lag_bytes, 0) AS row_lag_bytes,
        ifNull(lag_ms, 0) AS row_lag_ms,
        first_expiry AS row_first_expiry
    FROM accounting FINAL
)
GROUP BY journal, lane;

-- The rows that there are of each lane's sequences.
CREATE OR REPLACE VIEW accounting_rows AS
SELECT
    toString(journal) AS journal,
    assumeNotNull(lane) AS lane,
    uniqExact(sequence) AS stored_rows
FROM event_log
WHERE journal != '' AND lane IS NOT NULL
GROUP BY journal, lane;
