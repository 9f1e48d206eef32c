-- Mails of a mailbox in quarter hours of UTC, as a whole (empty dimension), by label and by folder.
CREATE TABLE IF NOT EXISTS mailbox_metrics
(
    tenant LowCardinality(String),
    mailbox String,
    dimension LowCardinality(String) COMMENT 'Empty for the whole mailbox; label or folder',
    dimension_value String COMMENT 'The label or folder',
    bucket_start DateTime64(3, 'UTC'),
    sent Int64,
    received Int64 COMMENT 'Automatic mails included',
    auto_received Int64 COMMENT 'Mails received that a machine wrote',
    replied Int64 COMMENT 'Replies to sent mail that a person wrote',
    answered Int64 COMMENT 'Mails received here that were answered, whenever that was',
    answered_within_hour Int64 COMMENT 'Those of them answered in less than 60 minutes',
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, mailbox, dimension, dimension_value, bucket_start);

-- The mails of conversations: one row per mail, the greatest version stands.
CREATE TABLE IF NOT EXISTS mailbox_mails
(
    tenant LowCardinality(String),
    mailbox String,
    thread String,
    event_id String COMMENT 'Identity of the mail in its conversation',
    direction LowCardinality(String) COMMENT 'sent or received',
    event_time DateTime64(3, 'UTC'),
    answered_at Nullable(DateTime64(3, 'UTC')) COMMENT 'When the other side first wrote after it',
    message String,
    counterparty String,
    campaign LowCardinality(String),
    folder LowCardinality(String),
    labels Array(LowCardinality(String)),
    auto_reply Bool COMMENT 'Whether a machine wrote it',
    expires_on Date32,
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, mailbox, thread, event_id)
TTL toDateTime(least(expires_on, toDate32('2106-01-01')));

-- How long each mail received from a person waited for its answer, once for the mailbox, and once for each label and folder.
CREATE OR REPLACE VIEW mailbox_response_times AS
SELECT
    tenant,
    mailbox,
    slice.1 AS dimension,
    slice.2 AS dimension_value,
    thread,
    event_id,
    event_time AS received_at,
    assumeNotNull(answered_at) AS sent_at,
    (toUnixTimestamp64Milli(sent_at) - toUnixTimestamp64Milli(received_at)) / 1000 AS seconds
FROM
(
    SELECT
        toString(tenant) AS tenant,
        mailbox,
        thread,
        event_id,
        event_time,
        answered_at,
        arrayJoin(arrayConcat(
            [('', '')],
            arrayMap(label -> ('label', toString(label)), arrayDistinct(labels)),
            if(folder = '', [], [('folder', toString(folder))]))) AS slice
    FROM mailbox_mails FINAL
    WHERE direction = 'received' AND NOT auto_reply AND answered_at IS NOT NULL
);

-- Median and 90th percentile of response_time, and the share under 60 minutes, of the mails received from one time (UTC) to
-- another, the end not included. The mailbox '' is the whole team: all mailboxes of the tenant. No percentile is interpolated.
CREATE OR REPLACE VIEW mailbox_response AS
SELECT
    tenant,
    team_or_mailbox AS mailbox,
    dimension,
    dimension_value,
    'response_time' AS metric,
    count() AS answered,
    quantileExact(0.5)(seconds) AS median_seconds,
    quantileExact(0.9)(seconds) AS p90_seconds,
    countIf(seconds < 3600) AS numerator,
    count() AS denominator,
    numerator / denominator AS value,
    'human' AS counts
FROM
(
    SELECT
        tenant,
        arrayJoin(['', mailbox]) AS team_or_mailbox,
        dimension,
        dimension_value,
        seconds
    FROM mailbox_response_times
    WHERE received_at >= parseDateTime64BestEffort({period_start:String}, 3, 'UTC')
        AND received_at < parseDateTime64BestEffort({period_end:String}, 3, 'UTC')
)
GROUP BY tenant, team_or_mailbox, dimension, dimension_value;

-- Mails of each mailbox, and of the team (mailbox ''), from one time (UTC) to another, the end not included. answered_rate is
-- of the mails that people wrote. A zero denominator gives NULL.
CREATE OR REPLACE VIEW mailbox_counts AS
SELECT
    tenant,
    team_or_mailbox AS mailbox,
    dimension,
    dimension_value,
    sum(row_sent) AS sent,
    sum(row_received) AS received,
    sum(row_auto_received) AS auto_received,
    sum(row_replied) AS replied,
    sum(row_answered) AS answered,
    sum(row_answered_within_hour) AS answered_within_hour,
    'answered_rate' AS metric,
    answered AS numerator,
    received - auto_received AS denominator,
    if(denominator = 0, NULL, numerator / denominator) AS value,
    'human' AS counts
FROM
(
    SELECT
        toString(tenant) AS tenant,
        arrayJoin(['', mailbox]) AS team_or_mailbox,
        toString(dimension) AS dimension,
        dimension_value,
        sent AS row_sent,
        received AS row_received,
        auto_received AS row_auto_received,
        replied AS row_replied,
        answered AS row_answered,
        answered_within_hour AS row_answered_within_hour
    FROM mailbox_metrics FINAL
    WHERE bucket_start >= parseDateTime64BestEffort({period_start:String}, 3, 'UTC')
        AND bucket_start < parseDateTime64BestEffort({period_end:String}, 3, 'UTC')
)
GROUP BY tenant, team_or_mailbox, dimension, dimension_value;

-- When mail is sent and received: 7 weekdays (1 = Monday) by 24 hours in the given zone.
CREATE OR REPLACE VIEW mailbox_hourly AS
SELECT
    tenant,
    mailbox,
    dimension,
    dimension_value,
    toDayOfWeek(bucket_start, 0, {zone:String}) AS weekday,
    toHour(bucket_start, {zone:String}) AS hour,
    sum(sent) AS sent,
    sum(received) AS received,
    sum(replied) AS replied
FROM mailbox_metrics FINAL
GROUP BY tenant, mailbox, dimension, dimension_value, weekday, hour;

-- The same on calendar days of the given zone.
CREATE OR REPLACE VIEW mailbox_daily AS
SELECT
    tenant,
    mailbox,
    dimension,
    dimension_value,
    toDate32(bucket_start, {zone:String}) AS date,
    sum(sent) AS sent,
    sum(received) AS received,
    sum(replied) AS replied,
    sum(answered) AS answered,
    sum(answered_within_hour) AS answered_within_hour
FROM mailbox_metrics FINAL
GROUP BY tenant, mailbox, dimension, dimension_value, date;

-- Mails that nobody has answered. Of mail sent (follow-up) and of mail received from people (to do), as direction says: the
-- last one of its conversation in that direction, with how many stand unanswered there.
CREATE OR REPLACE VIEW mailbox_unanswered AS
SELECT
    tenant,
    mailbox,
    thread,
    direction,
    max(mail_time) AS event_time,
    argMax(mail_id, (mail_time, mail_id)) AS event_id,
    argMax(mail_message, (mail_time, mail_id)) AS message,
    argMax(mail_counterparty, (mail_time, mail_id)) AS counterparty,
    argMax(mail_campaign, (mail_time, mail_id)) AS campaign,
    argMax(mail_labels, (mail_time, mail_id)) AS labels,
    min(mail_time) AS waiting_since,
    count() AS mails
FROM
(
    SELECT
        toString(tenant) AS tenant,
        mailbox,
        thread,
        toString(direction) AS direction,
        event_id AS mail_id,
        event_time AS mail_time,
        message AS mail_message,
        counterparty AS mail_counterparty,
        toString(campaign) AS mail_campaign,
        labels AS mail_labels
    FROM mailbox_mails FINAL
    WHERE answered_at IS NULL AND NOT auto_reply
)
GROUP BY tenant, mailbox, thread, direction;
