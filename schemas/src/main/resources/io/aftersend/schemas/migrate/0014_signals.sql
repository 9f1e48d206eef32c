-- What is worth telling at once: one row per signal, subject and day. One that was raised again after a long time takes the
-- place of the first.
CREATE TABLE IF NOT EXISTS signals
(
    signal_id String,
    tenant LowCardinality(String),
    signal LowCardinality(String),
    level LowCardinality(String) COMMENT 'Of rates: warning or alarm; else empty',
    campaign String,
    message String,
    recipient String,
    day Date32 COMMENT 'In the zone of the tenant',
    event_time DateTime64(3, 'UTC') COMMENT 'When that happened which raised it',
    raised_at DateTime64(3, 'UTC') COMMENT 'When the event arrived that raised it',
    event_id String COMMENT 'The event that raised it; empty of rates',
    numerator Nullable(Int64) COMMENT 'Of rates: what is counted; of opened_often: openings of the day so far',
    denominator Nullable(Int64)
)
ENGINE = ReplacingMergeTree(raised_at)
ORDER BY (tenant, day, signal_id);

-- Signals, each once.
CREATE OR REPLACE VIEW raised_signals AS
SELECT
    signal_id,
    tenant,
    signal,
    level,
    campaign,
    message,
    recipient,
    day,
    event_time,
    raised_at,
    event_id,
    numerator,
    denominator,
    if(denominator IS NULL OR denominator = 0, NULL, numerator / denominator) AS value
FROM signals FINAL;
