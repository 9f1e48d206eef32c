-- Clicks apart from all other events: one in some twenty-five, and of it no more than what the links of a campaign are
-- told by. A click is itself by a hash of what an event is by. A row may be here twice, and beside its revisions: read it
-- through the view `campaign_links`.
CREATE TABLE IF NOT EXISTS link_clicks
(
    tenant LowCardinality(String),
    campaign LowCardinality(String),
    count_source LowCardinality(String) COMMENT 'own or provider',
    link String COMMENT 'Name or position of the link in the mail; empty where it was reported without one',
    click UInt64 COMMENT 'Hash of the event''s identity',
    clicker UInt64 COMMENT 'Hash of whom it is counted for: the message, else the recipient, and so on',
    event_time DateTime64(3, 'UTC') CODEC(ZSTD(1)),
    url String CODEC(ZSTD(1)),
    is_human Bool,
    revision Int64 CODEC(ZSTD(1)),
    expires_on Date32 CODEC(ZSTD(1))
)
ENGINE = ReplacingMergeTree(revision)
ORDER BY (tenant, campaign, count_source, link, click)
TTL toDateTime(least(expires_on, toDate32('2106-01-01')));

-- A block that the event log has, though this table did not get its clicks, must come again: so the log does not refuse
-- blocks that it knows. Their rows are the same facts, which its views show once.
ALTER TABLE event_log MODIFY SETTING non_replicated_deduplication_window = 0;

CREATE MATERIALIZED VIEW IF NOT EXISTS link_clicks_feed TO link_clicks AS
SELECT
    tenant,
    campaign,
    if(provider = '', 'own', 'provider') AS count_source,
    toString(link) AS link,
    sipHash64(tenant, campaign, message, event_id, recipient, list, mailbox, thread) AS click,
    multiIf(
        message != '', sipHash64('message', message),
        recipient != '', sipHash64('recipient', recipient),
        list != '', sipHash64('list', list),
        mailbox != '', sipHash64('mailbox', mailbox, thread),
        sipHash64('event', event_id)) AS clicker,
    event_time,
    url,
    verdict IN ('human', 'proxy') AS is_human,
    revision,
    expires_on
FROM event_log
WHERE type = 'clicked' AND counted AND campaign != '';

INSERT INTO link_clicks (tenant, campaign, count_source, link, click, clicker, event_time, url, is_human, revision, expires_on)
SELECT
    tenant,
    campaign,
    if(provider = '', 'own', 'provider') AS count_source,
    toString(link) AS link,
    sipHash64(tenant, campaign, message, event_id, recipient, list, mailbox, thread) AS click,
    multiIf(
        message != '', sipHash64('message', message),
        recipient != '', sipHash64('recipient', recipient),
        list != '', sipHash64('list', list),
        mailbox != '', sipHash64('mailbox', mailbox, thread),
        sipHash64('event', event_id)) AS clicker,
    event_time,
    url,
    verdict IN ('human', 'proxy') AS is_human,
    revision,
    expires_on
FROM event_log
WHERE type = 'clicked' AND counted AND campaign != '';

-- The links of a campaign that were clicked, of one campaign where it is named, of all where both names are empty. Clicks
-- are those that the counters have, but of links without a name: of those, which the counters have in one row, they are
-- counted here. Times bear repeats, and stand without FINAL, which takes several times as long over parts that overlap; a
-- judgement stands unless that click was judged again.
CREATE OR REPLACE VIEW links_of_campaign AS
SELECT
    tenant,
    campaign,
    link,
    unnamed_url,
    url,
    urls,
    if(link = '', toInt64(unnamed_total), counts.total) AS total,
    if(link = '', toInt64(unnamed_unique), counts.unique) AS unique,
    if(link = '', toInt64(unnamed_human_total), counts.human_total) AS human_total,
    if(link = '', toInt64(unnamed_human_unique), counts.human_unique) AS human_unique,
    first_click,
    last_click,
    first_human_click,
    last_human_click
FROM
(
    SELECT
        tenant,
        campaign,
        count_source,
        link,
        if(link = '', target.url, '') AS unnamed_url,
        argMax(target.url, (target.last_click, target.url)) AS url,
        count() AS urls,
        min(target.first_click) AS first_click,
        max(target.last_click) AS last_click,
        min(target.first_human_click) AS first_human_click,
        max(target.last_human_click) AS last_human_click,
        any(target.unnamed_total) AS unnamed_total,
        any(target.unnamed_unique) AS unnamed_unique,
        any(target.unnamed_human_total) AS unnamed_human_total,
        any(target.unnamed_human_unique) AS unnamed_human_unique
    FROM
    (
        SELECT
            tenant,
            campaign,
            count_source,
            link,
            url,
            min(event_time) AS first_click,
            max(event_time) AS last_click,
            minOrNullIf(event_time, stands_as_human) AS first_human_click,
            maxOrNullIf(event_time, stands_as_human) AS last_human_click,
            uniqExactIf(click, link = '') AS unnamed_total,
            uniqExactIf(clicker, link = '') AS unnamed_unique,
            uniqExactIf(click, link = '' AND stands_as_human) AS unnamed_human_total,
            uniqExactIf(clicker, link = '' AND stands_as_human) AS unnamed_human_unique
        FROM
        (
            SELECT
                tenant,
                campaign,
                count_source,
                link,
                url,
                event_time,
                click,
                clicker,
                is_human AND (click, revision) NOT IN
                (
                    SELECT click, arrayJoin(arrayPopBack(arraySort(arrayConcat([1], groupUniqArray(revision)))))
                    FROM link_clicks
                    WHERE revision > 1 AND ({of_tenant:String} = '' OR tenant = {of_tenant:String}) AND ({of_campaign:String} = '' OR campaign = {of_campaign:String})
                    GROUP BY click
                ) AS stands_as_human
            FROM link_clicks
            WHERE ({of_tenant:String} = '' OR tenant = {of_tenant:String}) AND ({of_campaign:String} = '' OR campaign = {of_campaign:String})
        )
        GROUP BY tenant, campaign, count_source, link, url
    ) AS target
    GROUP BY tenant, campaign, count_source, link, unnamed_url
) AS targets
LEFT JOIN
(
    SELECT tenant, campaign, count_source, link, total, unique, human_total, human_unique
    FROM link_metrics FINAL
    WHERE ({of_tenant:String} = '' OR tenant = {of_tenant:String}) AND ({of_campaign:String} = '' OR campaign = {of_campaign:String})
) AS counts USING (tenant, campaign, count_source, link)
WHERE total != 0
    AND count_source = if(
        (tenant, campaign) IN (SELECT tenant, campaign FROM campaigns FINAL WHERE count_source = 'provider'),
        'provider',
        'own');

-- The same of all campaigns.
CREATE OR REPLACE VIEW campaign_links AS
SELECT
    tenant,
    campaign,
    link,
    unnamed_url,
    url,
    urls,
    total,
    unique,
    human_total,
    human_unique,
    first_click,
    last_click,
    first_human_click,
    last_human_click
FROM links_of_campaign(of_tenant = '', of_campaign = '');
