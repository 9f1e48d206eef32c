-- What each recipient did with all mail: one row per recipient, the greatest version stands.
CREATE TABLE IF NOT EXISTS recipient_engagement
(
    tenant LowCardinality(String),
    recipient String,
    sent Int64 COMMENT 'Distinct messages sent',
    opened_human_total Int64,
    opened_human_unique Int64 COMMENT 'Distinct messages that the person opened',
    clicked_human_total Int64,
    clicked_human_unique Int64 COMMENT 'Distinct messages in which the person clicked',
    replied Int64 COMMENT 'Replies that the person wrote',
    unsubscribed Int64,
    complained Int64,
    reacted Int64 COMMENT 'Distinct messages that the person opened, clicked in or replied to',
    quiet_campaigns Int64 COMMENT 'How many of the latest campaigns in a row, back from the last one, had no reaction',
    last_sent Nullable(DateTime64(3, 'UTC')),
    last_open Nullable(DateTime64(3, 'UTC')),
    last_click Nullable(DateTime64(3, 'UTC')),
    last_reply Nullable(DateTime64(3, 'UTC')),
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, recipient);

-- Recipients with their engagement_rate: messages with a reaction by the person, of the messages sent. `place` ranks the
-- recipients of a tenant, the most engaged first: by messages with a reaction, then by rate, clicks and opens. A zero
-- denominator gives NULL.
CREATE OR REPLACE VIEW recipient_ranking AS
SELECT
    tenant,
    recipient,
    row_number() OVER (
        PARTITION BY tenant
        ORDER BY reacted DESC, ifNull(value, 0) DESC, clicked_human_total DESC, opened_human_total DESC, recipient) AS place,
    'engagement_rate' AS metric,
    reacted AS numerator,
    sent AS denominator,
    if(denominator = 0, NULL, numerator / denominator) AS value,
    'human' AS counts,
    opened_human_total,
    opened_human_unique,
    clicked_human_total,
    clicked_human_unique,
    replied,
    unsubscribed,
    complained,
    quiet_campaigns,
    last_sent,
    last_open,
    last_click,
    last_reply
FROM
(
    SELECT
        toString(tenant) AS tenant,
        recipient,
        sent,
        opened_human_total,
        opened_human_unique,
        clicked_human_total,
        clicked_human_unique,
        replied,
        unsubscribed,
        complained,
        reacted,
        quiet_campaigns,
        last_sent,
        last_open,
        last_click,
        last_reply
    FROM recipient_engagement FINAL
);

-- List hygiene: who opened nothing, clicked nothing and answered nothing in the last N campaigns that were sent to them.
CREATE OR REPLACE VIEW recipients_without_reaction AS
SELECT
    tenant,
    recipient,
    sent,
    quiet_campaigns,
    last_sent,
    last_open,
    last_click,
    last_reply
FROM recipient_engagement FINAL
WHERE quiet_campaigns >= {campaigns:UInt32};
