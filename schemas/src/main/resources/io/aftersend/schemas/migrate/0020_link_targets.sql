-- A number that stands for a link and its target: clicks are grouped by it alone.
ALTER TABLE link_clicks ADD COLUMN IF NOT EXISTS
    target UInt64 MATERIALIZED sipHash64(tenant, campaign, count_source, link, url);

ALTER TABLE link_clicks MATERIALIZE COLUMN target;

-- What the numbers stand for, for as long as one of their clicks is kept.
CREATE TABLE IF NOT EXISTS link_targets
(
    tenant LowCardinality(String),
    campaign LowCardinality(String),
    count_source LowCardinality(String) COMMENT 'own or provider',
    target UInt64 COMMENT 'As in link_clicks',
    link String COMMENT 'Name or position of the link in the mail; empty where it was reported without one',
    url String CODEC(ZSTD(1)),
    expires_on Date32
)
ENGINE = ReplacingMergeTree(expires_on)
ORDER BY (tenant, campaign, count_source, target)
TTL toDateTime(least(expires_on, toDate32('2106-01-01')));

CREATE MATERIALIZED VIEW IF NOT EXISTS link_targets_feed TO link_targets AS
SELECT
    tenant,
    campaign,
    count_source,
    sipHash64(tenant, campaign, count_source, link, url) AS target,
    link,
    url,
    max(link_clicks.expires_on) AS expires_on
FROM link_clicks
GROUP BY tenant, campaign, count_source, link, url;

INSERT INTO link_targets (tenant, campaign, count_source, target, link, url, expires_on)
SELECT
    tenant,
    campaign,
    count_source,
    sipHash64(tenant, campaign, count_source, link, url),
    link,
    url,
    max(expires_on)
FROM link_clicks
GROUP BY tenant, campaign, count_source, link, url;

-- The links of a campaign that were clicked, of one campaign where it is named, of all where both names are empty. Clicks
-- are those that the counters have, but of links without a name: of those, which the counters have in one row, they are
-- counted here. Times bear repeats, and stand without FINAL, which takes several times as long over parts that overlap. A
-- judgement stands unless that click was judged again: of the few that were, the latest is looked up.
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
        names.tenant AS tenant,
        names.campaign AS campaign,
        names.count_source AS count_source,
        names.link AS link,
        if(names.link = '', names.url, '') AS unnamed_url,
        argMax(names.url, (times.last_at, names.url)) AS url,
        count() AS urls,
        min(times.first_at) AS first_click,
        max(times.last_at) AS last_click,
        min(times.first_human_at) AS first_human_click,
        max(times.last_human_at) AS last_human_click,
        max(unnamed.clicks) AS unnamed_total,
        max(unnamed.clickers) AS unnamed_unique,
        max(unnamed.human_clicks) AS unnamed_human_total,
        max(unnamed.human_clickers) AS unnamed_human_unique
    FROM
    (
        SELECT
            target,
            min(event_time) AS first_at,
            max(event_time) AS last_at,
            minOrNullIf(event_time, stands_as_human) AS first_human_at,
            maxOrNullIf(event_time, stands_as_human) AS last_human_at
        FROM
        (
            SELECT
                target,
                event_time,
                is_human AND click NOT IN
                (
                    SELECT click
                    FROM link_clicks
                    WHERE revision > 1 AND ({of_tenant:String} = '' OR tenant = {of_tenant:String}) AND ({of_campaign:String} = '' OR campaign = {of_campaign:String})
                ) AS stands_as_human
            FROM link_clicks
            WHERE ({of_tenant:String} = '' OR tenant = {of_tenant:String}) AND ({of_campaign:String} = '' OR campaign = {of_campaign:String})
            UNION ALL
            SELECT
                any(target) AS target,
                any(event_time) AS event_time,
                argMax(is_human, revision) AS stands_as_human
            FROM link_clicks
            WHERE revision > 1 AND ({of_tenant:String} = '' OR tenant = {of_tenant:String}) AND ({of_campaign:String} = '' OR campaign = {of_campaign:String})
            GROUP BY click
        )
        GROUP BY target
    ) AS times
    INNER JOIN
    (
        SELECT tenant, campaign, count_source, target, link, url
        FROM link_targets FINAL
        WHERE ({of_tenant:String} = '' OR tenant = {of_tenant:String}) AND ({of_campaign:String} = '' OR campaign = {of_campaign:String})
    ) AS names ON times.target = names.target
    LEFT JOIN
    (
        SELECT
            target,
            count() AS clicks,
            uniqExact(clicker) AS clickers,
            countIf(stands_as_human) AS human_clicks,
            uniqExactIf(clicker, stands_as_human) AS human_clickers
        FROM
        (
            SELECT
                any(target) AS target,
                any(clicker) AS clicker,
                argMax(is_human, revision) AS stands_as_human
            FROM link_clicks
            WHERE link = '' AND ({of_tenant:String} = '' OR tenant = {of_tenant:String}) AND ({of_campaign:String} = '' OR campaign = {of_campaign:String})
            GROUP BY click
        )
        GROUP BY target
    ) AS unnamed ON times.target = unnamed.target
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
