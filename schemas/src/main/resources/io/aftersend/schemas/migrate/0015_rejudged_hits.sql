-- What `aftersend rejudge` found: each event that comes out otherwise under other rules than those it was judged by. Of each set of rules the last run stands.
CREATE TABLE IF NOT EXISTS rejudged_hits
(
    rules String COMMENT 'Fingerprint of the rules.',
    rule_version Int32 COMMENT 'Their version.',
    tenant LowCardinality(String),
    campaign LowCardinality(String),
    message String CODEC(ZSTD(1)),
    event_id String CODEC(ZSTD(1)),
    recipient String CODEC(ZSTD(1)),
    list LowCardinality(String),
    mailbox LowCardinality(String),
    thread String CODEC(ZSTD(1)),
    type LowCardinality(String),
    verdict_before LowCardinality(String),
    reasons_before Array(LowCardinality(String)),
    verdict_after LowCardinality(String),
    reasons_after Array(LowCardinality(String)),
    revision Int64 COMMENT 'The revision with which event_log has the new judgement, once it is swapped in.'
)
ENGINE = MergeTree
PARTITION BY rules
ORDER BY (tenant, campaign, message, event_id);
