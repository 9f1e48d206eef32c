-- What happened to mail and what its recipients did with it, of each event no more than what questions across campaigns group
-- by: recipients lie together, and numbers stand for messages. An event is itself by all that its table is ordered by. All
-- revisions of an event lie in one month, as in the event log. Read it through the view `mail_events`.
CREATE TABLE IF NOT EXISTS mail_event_log
(
    tenant LowCardinality(String),
    recipient String CODEC(ZSTD(1)),
    message_key UInt64 COMMENT 'Hash of the message',
    type LowCardinality(String),
    event_time DateTime64(3, 'UTC') CODEC(T64, LZ4),
    event_key UInt64 COMMENT 'Hash of what else the event is itself by',
    ingest_month UInt32,
    campaign LowCardinality(String),
    list LowCardinality(String),
    mailbox_provider LowCardinality(String),
    bounce_class LowCardinality(String),
    provider LowCardinality(String),
    verdict LowCardinality(String),
    counted Bool,
    revision Int64 CODEC(ZSTD(1)),
    expires_on Date32 CODEC(ZSTD(1)),
    INDEX by_event_time event_time TYPE minmax GRANULARITY 1
)
ENGINE = ReplacingMergeTree(revision)
PARTITION BY ingest_month
ORDER BY (tenant, recipient, message_key, type, event_time, event_key)
TTL toDateTime(least(expires_on, toDate32('2106-01-01')))
SETTINGS min_age_to_force_merge_seconds = 86400, min_age_to_force_merge_on_partition_only = 1;

CREATE MATERIALIZED VIEW IF NOT EXISTS mail_event_feed TO mail_event_log AS
SELECT
    tenant,
    recipient,
    sipHash64(message) AS message_key,
    type,
    event_time,
    sipHash64(campaign, event_id, list, mailbox, thread) AS event_key,
    toYYYYMM(ingest_time) AS ingest_month,
    campaign,
    list,
    mailbox_provider,
    bounce_class,
    provider,
    verdict,
    counted,
    revision,
    expires_on
FROM event_log
WHERE type IN ('sent', 'delivered', 'deferred', 'dropped', 'bounced', 'opened', 'clicked', 'replied', 'unsubscribed', 'complained');

INSERT INTO mail_event_log
    (tenant, recipient, message_key, type, event_time, event_key, ingest_month, campaign, list, mailbox_provider, bounce_class, provider,
    verdict, counted, revision, expires_on)
SELECT
    tenant,
    recipient,
    sipHash64(message) AS message_key,
    type,
    event_time,
    sipHash64(campaign, event_id, list, mailbox, thread) AS event_key,
    toYYYYMM(ingest_time) AS ingest_month,
    campaign,
    list,
    mailbox_provider,
    bounce_class,
    provider,
    verdict,
    counted,
    revision,
    expires_on
FROM event_log
WHERE type IN ('sent', 'delivered', 'deferred', 'dropped', 'bounced', 'opened', 'clicked', 'replied', 'unsubscribed', 'complained');

-- What people read: one row per event, its latest revision.
CREATE OR REPLACE VIEW mail_events AS
SELECT
    tenant,
    recipient,
    message_key,
    campaign,
    list,
    type,
    event_time,
    mailbox_provider,
    bounce_class,
    provider,
    verdict,
    counted,
    expires_on
FROM mail_event_log FINAL
SETTINGS do_not_merge_across_partitions_select_final = 1;

-- How many of the messages sent in a period the mailbox providers took, by their final states of that period: a hard
-- bounce wins, else the latest report. A message is grouped by numbers alone, of which there may be millions: `latest` puts
-- the time of a report before its kind, and a hard bounce before all times.
CREATE OR REPLACE VIEW delivery_by_mailbox_provider AS
SELECT
    {of_tenant:String} AS tenant,
    names.mailbox_provider AS mailbox_provider,
    messages.sent AS sent,
    messages.delivered AS delivered,
    messages.bounced AS bounced,
    'delivery_rate' AS metric,
    messages.delivered AS numerator,
    messages.sent AS denominator,
    if(denominator = 0, NULL, numerator / denominator) AS value,
    'all' AS counts
FROM
(
    SELECT
        provider_key,
        count() AS sent,
        countIf(state = 5) AS delivered,
        countIf(state IN (3, 4, 7)) AS bounced
    FROM
    (
        SELECT
            message_key,
            max(if(type = 'sent', sipHash64(mailbox_provider), 0)) AS provider_key,
            bitAnd(max(multiIf(
                type = 'sent', 0,
                type = 'bounced' AND bounce_class = 'hard', 0xFFFFFFFFFFFFFFFF,
                toUInt64(toUnixTimestamp64Milli(event_time)) * 8
                    + indexOf(['deferred', 'dropped', 'soft', 'block', 'delivered'], if(type = 'bounced', bounce_class, type)))), 7) AS state
        FROM mail_events
        WHERE tenant = {of_tenant:String} AND counted AND type IN ('sent', 'delivered', 'bounced', 'dropped', 'deferred')
            AND event_time >= parseDateTime64BestEffort({period_start:String}, 3, 'UTC')
            AND event_time < parseDateTime64BestEffort({period_end:String}, 3, 'UTC')
        GROUP BY message_key
    )
    WHERE provider_key != 0
    GROUP BY provider_key
) AS messages
INNER JOIN
(
    SELECT toString(mailbox_provider) AS mailbox_provider, sipHash64(mailbox_provider) AS provider_key
    FROM mail_event_log
    WHERE tenant = {of_tenant:String} AND type = 'sent'
        AND event_time >= parseDateTime64BestEffort({period_start:String}, 3, 'UTC')
        AND event_time < parseDateTime64BestEffort({period_end:String}, 3, 'UTC')
    GROUP BY mailbox_provider
) AS names ON messages.provider_key = names.provider_key;
