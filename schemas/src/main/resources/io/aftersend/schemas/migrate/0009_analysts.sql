-- The links of a campaign that were clicked, with the clicks that its counters count. Other endpoints than links, such
-- as unsubscribing, are events of other types. `unnamed_url` tells links without a name apart, and is empty for others.
CREATE OR REPLACE VIEW campaign_links AS
SELECT
    tenant,
    campaign,
    link,
    unnamed_url,
    argMax(clicked_url, (clicked_at, clicked_url)) AS url,
    uniqExact(clicked_url) AS urls,
    count() AS total,
    uniqExact(clicker) AS unique,
    countIf(is_human) AS human_total,
    uniqExactIf(clicker, is_human) AS human_unique,
    min(clicked_at) AS first_click,
    max(clicked_at) AS last_click,
    minOrNullIf(clicked_at, is_human) AS first_human_click,
    maxOrNullIf(clicked_at, is_human) AS last_human_click
FROM
(
    SELECT
        tenant,
        campaign,
        toString(link) AS link,
        if(link = '', url, '') AS unnamed_url,
        url AS clicked_url,
        event_time AS clicked_at,
        verdict IN ('human', 'proxy') AS is_human,
        multiIf(
            message != '', concat('m:', message),
            recipient != '', concat('r:', recipient),
            list != '', concat('l:', list),
            mailbox != '', concat('t:', mailbox, ':', thread),
            concat('e:', event_id)) AS clicker
    FROM events
    WHERE type = 'clicked' AND counted AND campaign != ''
        AND (provider != '') = ((tenant, campaign) IN (SELECT tenant, campaign FROM campaigns FINAL WHERE count_source = 'provider'))
)
GROUP BY tenant, campaign, link, unnamed_url;

-- What became of each message, when. An event by a machine is no opening or clicking here.
CREATE OR REPLACE VIEW message_times AS
SELECT
    tenant,
    campaign,
    message,
    minOrNullIf(event_time, type = 'sent') AS sent_at,
    minOrNullIf(event_time, type = 'delivered') AS delivered_at,
    minOrNullIf(event_time, type = 'opened' AND is_human) AS opened_at,
    minOrNullIf(event_time, type = 'clicked' AND is_human) AS clicked_at,
    minOrNullIf(event_time, type = 'replied' AND is_human AND NOT ifNull(auto_reply, false)) AS replied_at
FROM
(
    SELECT
        tenant,
        toString(campaign) AS campaign,
        message,
        type,
        event_time,
        auto_reply,
        verdict IN ('human', 'proxy') AS is_human
    FROM events
    WHERE counted AND message != '' AND provider = ''
        AND type IN ('sent', 'delivered', 'opened', 'clicked', 'replied')
)
GROUP BY tenant, campaign, message;

-- One row per message and each of time_to_open, time_to_click and recipient_reply_time that it has: seconds since it
-- was delivered, or since it was sent where nobody reported its delivery, as `since` says. What is reported as earlier
-- than the delivery happened at once.
CREATE OR REPLACE VIEW message_delays AS
SELECT
    tenant,
    campaign,
    message,
    metric,
    if(delivered_at IS NULL, 'sent', 'delivered') AS since,
    greatest(0, toUnixTimestamp64Milli(assumeNotNull(happened_at)) - toUnixTimestamp64Milli(assumeNotNull(ifNull(delivered_at, sent_at)))) / 1000 AS seconds
FROM message_times
ARRAY JOIN
    ['time_to_open', 'time_to_click', 'recipient_reply_time'] AS metric,
    [opened_at, clicked_at, replied_at] AS happened_at
WHERE happened_at IS NOT NULL AND ifNull(delivered_at, sent_at) IS NOT NULL;

-- Median and 90th percentile of these times, of the messages that have them. No percentile is interpolated.
CREATE OR REPLACE VIEW campaign_delays AS
SELECT
    tenant,
    campaign,
    metric,
    since,
    count() AS messages,
    quantileExact(0.5)(seconds) AS median_seconds,
    quantileExact(0.9)(seconds) AS p90_seconds
FROM message_delays
GROUP BY tenant, campaign, metric, since;

-- Their histogram: messages up to each bound and above the one before; the last has none.
CREATE OR REPLACE VIEW campaign_delay_histogram AS
SELECT
    tenant,
    campaign,
    metric,
    since,
    arrayFirstOrNull(bound -> seconds <= bound, [60, 300, 900, 3600, 10800, 21600, 43200, 86400, 172800, 259200, 604800]) AS up_to_seconds,
    count() AS messages
FROM message_delays
GROUP BY tenant, campaign, metric, since, up_to_seconds;

-- How long mail was looked at: shares among the readings that could be measured, and for how many of the messages that
-- people opened there is such a reading (`coverage`).
CREATE OR REPLACE VIEW campaign_read_time AS
SELECT
    tenant,
    campaign,
    share.1 AS metric,
    share.2 AS numerator,
    share.3 AS denominator,
    if(denominator = 0, NULL, numerator / denominator) AS value,
    'human' AS counts
FROM
(
    SELECT
        tenant,
        campaign,
        countIf(type = 'read' AND read_class != '') AS measured,
        arrayJoin([
            ('glanced', countIf(type = 'read' AND read_class = 'glanced'), measured),
            ('skimmed', countIf(type = 'read' AND read_class = 'skimmed'), measured),
            ('read', countIf(type = 'read' AND read_class = 'read'), measured),
            ('coverage', uniqExactIf(message, type = 'read' AND read_class != ''), uniqExact(message))]) AS share
    FROM events
    WHERE counted AND provider = '' AND type IN ('opened', 'read') AND verdict IN ('human', 'proxy')
    GROUP BY tenant, campaign
);

-- The events of recipients, one row per event, its latest revision, grouped instead of merged by FINAL: for questions that
-- name tenant and recipient, whose granules the index on the recipient finds.
CREATE OR REPLACE VIEW recipient_events AS
SELECT
    tenant,
    recipient,
    event_time,
    campaign,
    message,
    event_id,
    list,
    mailbox,
    thread,
    latest_type AS type,
    latest_ingest_time AS ingest_time,
    latest_source AS source,
    latest_account AS account,
    latest_variant AS variant,
    latest_link AS link,
    latest_url AS url,
    latest_position AS position,
    latest_read_class AS read_class,
    latest_file_name AS file_name,
    latest_channel AS channel,
    latest_goal AS goal,
    latest_value AS value,
    latest_currency AS currency,
    latest_order AS `order`,
    latest_bounce_class AS bounce_class,
    latest_auto_reply AS auto_reply,
    latest_provider AS provider,
    latest_client AS client,
    latest_os AS os,
    latest_device AS device,
    latest_country AS country,
    latest_region AS region,
    latest_city AS city,
    latest_verdict AS verdict,
    latest_reasons AS reasons,
    latest_confidence AS confidence,
    latest_counted AS counted,
    latest_test AS test,
    latest_expires_on AS expires_on,
    latest_revision AS revision
FROM
(
    SELECT
        tenant,
        recipient,
        event_time,
        campaign,
        message,
        event_id,
        list,
        mailbox,
        thread,
        argMax(type, revision) AS latest_type,
        argMax(ingest_time, revision) AS latest_ingest_time,
        argMax(source, revision) AS latest_source,
        argMax(account, revision) AS latest_account,
        argMax(variant, revision) AS latest_variant,
        argMax(link, revision) AS latest_link,
        argMax(url, revision) AS latest_url,
        argMax(position, revision) AS latest_position,
        argMax(read_class, revision) AS latest_read_class,
        argMax(file_name, revision) AS latest_file_name,
        argMax(channel, revision) AS latest_channel,
        argMax(goal, revision) AS latest_goal,
        argMax(tuple(value), revision).1 AS latest_value,
        argMax(currency, revision) AS latest_currency,
        argMax(`order`, revision) AS latest_order,
        argMax(bounce_class, revision) AS latest_bounce_class,
        argMax(tuple(auto_reply), revision).1 AS latest_auto_reply,
        argMax(provider, revision) AS latest_provider,
        argMax(client, revision) AS latest_client,
        argMax(os, revision) AS latest_os,
        argMax(device, revision) AS latest_device,
        argMax(country, revision) AS latest_country,
        argMax(region, revision) AS latest_region,
        argMax(city, revision) AS latest_city,
        argMax(verdict, revision) AS latest_verdict,
        argMax(reasons, revision) AS latest_reasons,
        argMax(confidence, revision) AS latest_confidence,
        argMax(counted, revision) AS latest_counted,
        argMax(test, revision) AS latest_test,
        argMax(expires_on, revision) AS latest_expires_on,
        max(revision) AS latest_revision
    FROM event_log
    WHERE recipient != ''
    GROUP BY tenant, recipient, event_time, campaign, message, event_id, list, mailbox, thread
);
