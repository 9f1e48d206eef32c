-- Clicks of the links of a campaign, people's and machines'. Clicks that were reported without a link are one row.
CREATE TABLE IF NOT EXISTS link_metrics
(
    tenant LowCardinality(String),
    campaign String,
    count_source LowCardinality(String) COMMENT 'own or provider',
    link String COMMENT 'Name or position of the link in the mail; empty for all clicks without one',
    total Int64 COMMENT 'Clicks',
    `unique` Int64 COMMENT 'Messages in which the link was clicked',
    human_total Int64,
    human_unique Int64,
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, campaign, count_source, link);

-- The rows of whole campaigns apart from those of their dimensions, which are many more: lists of campaigns do not read
-- over them.
CREATE TABLE IF NOT EXISTS campaign_totals
(
    tenant LowCardinality(String),
    campaign String,
    counters Map(LowCardinality(String), Int64) COMMENT 'Counter by name; absent means 0',
    revenue Map(LowCardinality(String), Decimal(38, 6)) COMMENT 'Sum of conversion values by currency',
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, campaign);

CREATE MATERIALIZED VIEW IF NOT EXISTS campaign_totals_feed TO campaign_totals AS
SELECT tenant, campaign, counters, revenue, version
FROM campaign_metrics
WHERE dimension = '';

INSERT INTO campaign_totals (tenant, campaign, counters, revenue, version)
SELECT tenant, campaign, counters, revenue, version
FROM campaign_metrics
WHERE dimension = '';

-- One row per campaign, whether an event or its settings made it exist.
CREATE OR REPLACE VIEW campaign_overview AS
SELECT
    tenant,
    campaign,
    max(settings_name) AS name,
    max(settings_subject) AS subject,
    max(settings_cost) AS cost,
    max(settings_currency) AS currency,
    max(settings_labels) AS labels,
    max(settings_list) AS list,
    if(max(settings_count_source) = '', 'own', max(settings_count_source)) AS count_source,
    max(settings_version) AS settings_version,
    sumMap(metric_counters) AS counters,
    sumMap(metric_revenue) AS revenue
FROM
(
    SELECT
        tenant,
        campaign,
        '' AS settings_name,
        '' AS settings_subject,
        CAST(NULL, 'Nullable(Decimal(18, 6))') AS settings_cost,
        '' AS settings_currency,
        CAST([], 'Array(String)') AS settings_labels,
        '' AS settings_list,
        '' AS settings_count_source,
        toInt64(0) AS settings_version,
        CAST(counters, 'Map(String, Int64)') AS metric_counters,
        CAST(revenue, 'Map(String, Decimal(38, 6))') AS metric_revenue
    FROM campaign_totals FINAL
    UNION ALL
    SELECT
        tenant,
        campaign,
        name,
        subject,
        cost,
        toString(currency),
        labels,
        list,
        toString(count_source),
        version,
        CAST(map(), 'Map(String, Int64)'),
        CAST(map(), 'Map(String, Decimal(38, 6))')
    FROM campaigns FINAL
)
GROUP BY tenant, campaign;

-- Opens, clicks and all other events of each value of a dimension, from the source that the campaign counts.
CREATE OR REPLACE VIEW campaign_counts_by_dimension AS
SELECT
    tenant,
    campaign,
    dimension,
    dimension_value,
    type,
    counters[concat(source_prefix, type, '.total')] AS total,
    counters[concat(source_prefix, type, '.unique')] AS unique,
    counters[concat(source_prefix, type, '.human_total')] AS human_total,
    counters[concat(source_prefix, type, '.human_unique')] AS human_unique
FROM
(
    SELECT
        tenant,
        campaign,
        dimension,
        dimension_value,
        counters,
        arrayJoin([
            'sent', 'received', 'delivered', 'deferred', 'dropped', 'bounced', 'placed', 'opened', 'read', 'clicked',
            'attachment_opened', 'forwarded', 'replied', 'read_receipt', 'page_viewed', 'converted', 'unsubscribed',
            'complained', 'unsubscribe_viewed', 'subscribed']) AS type,
        if(
            type IN ('opened', 'clicked')
                AND (tenant, campaign) IN (SELECT tenant, campaign FROM campaigns FINAL WHERE count_source = 'provider'),
            'provider.',
            '') AS source_prefix
    FROM campaign_metrics FINAL
    WHERE dimension != ''
)
WHERE total != 0 OR unique != 0;

-- Clicks of each link, from the source that the campaign counts.
CREATE OR REPLACE VIEW campaign_link_counts AS
SELECT
    tenant,
    campaign,
    link,
    total,
    `unique`,
    human_total,
    human_unique
FROM link_metrics FINAL
WHERE total != 0
    AND count_source = if(
        (tenant, campaign) IN (SELECT tenant, campaign FROM campaigns FINAL WHERE count_source = 'provider'),
        'provider',
        'own');

-- What rates are made of: of whole campaigns (scope = 'whole'), or of the messages of each value of a dimension (scope =
-- 'parts'). Devices and countries are of hits, not of messages: nothing was sent to them. Whether a campaign has reports
-- of deliveries, and whose opens and clicks it counts, is said of the whole. The scope stands in each innermost query, so
-- that nothing of the other is read.
CREATE OR REPLACE VIEW campaign_rate_terms AS
SELECT
    tenant,
    campaign,
    '' AS dimension,
    '' AS dimension_value,
    cost,
    currency,
    count_source,
    counters['delivered.total'] > 0 AS has_deliveries,
    counters,
    revenue
FROM campaign_overview
WHERE {scope:String} = 'whole'
UNION ALL
SELECT
    tenant,
    campaign,
    toString(dimension) AS dimension,
    dimension_value,
    CAST(NULL, 'Nullable(Decimal(18, 6))') AS cost,
    '' AS currency,
    overview.count_source AS count_source,
    overview.has_deliveries AS has_deliveries,
    CAST(counters, 'Map(String, Int64)') AS counters,
    CAST(revenue, 'Map(String, Decimal(38, 6))') AS revenue
FROM
(
    SELECT tenant, campaign, dimension, dimension_value, counters, revenue
    FROM campaign_metrics FINAL
    WHERE dimension IN ('variant', 'label', 'mailbox_provider', 'account') AND {scope:String} = 'parts'
) AS metrics
INNER JOIN
(
    SELECT tenant, campaign, count_source, counters['delivered.total'] > 0 AS has_deliveries
    FROM campaign_overview
    WHERE {scope:String} = 'parts'
) AS overview USING (tenant, campaign);

-- The formulas of all rates, once: numerator, denominator and whom the numerator counts. A zero denominator gives NULL.
-- No denominator is below zero, though a campaign whose sends were never reported may have bounces.
-- Denominators count distinct messages; `delivered` is what was reported delivered, in a campaign without any such
-- report what was sent and neither bounced nor dropped.
CREATE OR REPLACE VIEW campaign_rate_formulas AS
SELECT
    tenant,
    campaign,
    dimension,
    dimension_value,
    rate.1 AS metric,
    toDecimal128(rate.2, 6) AS numerator,
    toDecimal128(rate.3, 6) AS denominator,
    if(denominator = 0, NULL, toFloat64(numerator) / toFloat64(denominator)) AS value,
    rate.4 AS counts,
    rate.5 AS currency
FROM
(
    SELECT
        tenant,
        campaign,
        dimension,
        dimension_value,
        arrayJoin(arrayConcat(
            [
                ('click_through_rate', human_clickers, sent, 'human', ''),
                ('click_through_rate_total', human_clicks, sent, 'human', ''),
                ('click_to_open_rate', human_clickers, human_openers, 'human', ''),
                ('conversion_rate', converters, sent, 'human', ''),
                ('bounce_rate', bounced, sent, 'all', ''),
                ('bounce_rate_hard', hard, sent, 'all', ''),
                ('bounce_rate_soft', soft, sent, 'all', ''),
                ('bounce_rate_block', block, sent, 'all', ''),
                ('forward_rate', forwards, sent, 'human', ''),
                ('forward_rate_inferred', inferred_forwards, sent, 'all', ''),
                ('open_rate_lower', human_openers, sent_not_bounced, 'human', ''),
                ('open_rate_upper', openers, sent_not_bounced, 'all', ''),
                ('open_rate_adjusted', human_openers, greatest(0, sent_not_bounced - prefetch_only), 'human', ''),
                ('open_rate_prefetch_share', prefetch_only, sent_not_bounced, 'all', ''),
                ('unsubscribe_rate', unsubscribed, delivered, 'all', ''),
                ('complaint_rate', complained, delivered, 'all', ''),
                ('delivery_rate', delivered, sent, 'all', ''),
                ('reply_rate', replied, delivered, 'human', '')
            ],
            if({scope:String} = 'whole', [('roi', revenue[currency] - ifNull(cost, 0), ifNull(cost, 0), 'all', currency)], []))) AS rate
    FROM
    (
        SELECT
            tenant,
            campaign,
            dimension,
            dimension_value,
            cost,
            currency,
            revenue,
            counters['sent.unique'] AS sent,
            counters['state.hard'] AS hard,
            counters['state.soft'] AS soft,
            counters['state.block'] AS block,
            hard + soft + block AS bounced,
            greatest(0, sent - bounced) AS sent_not_bounced,
            if(has_deliveries, counters['state.delivered'], greatest(0, sent - bounced - counters['state.dropped'])) AS delivered,
            if(count_source = 'provider', 'provider.', '') AS source_prefix,
            counters[concat(source_prefix, 'clicked.human_total')] AS human_clicks,
            counters[concat(source_prefix, 'clicked.human_unique')] AS human_clickers,
            counters[concat(source_prefix, 'reached.human')] AS human_openers,
            counters[concat(source_prefix, 'reached.all')] AS openers,
            counters[concat(source_prefix, 'reached.prefetch_only')] AS prefetch_only,
            counters['converters'] AS converters,
            counters['forwarded.stated_human_total'] AS forwards,
            counters['forwarded.inferred_total'] AS inferred_forwards,
            counters['unsubscribed.unique'] AS unsubscribed,
            counters['complained.unique'] AS complained,
            counters['replied.by_person_unique'] AS replied
        FROM campaign_rate_terms(scope = {scope:String})
    )
);

-- Every rate of a campaign.
CREATE OR REPLACE VIEW campaign_rates AS
SELECT
    tenant,
    campaign,
    metric,
    numerator,
    denominator,
    value,
    counts,
    currency
FROM campaign_rate_formulas(scope = 'whole');

-- The same of each value of the dimensions of its messages. A cost is the whole campaign's, and so is its return.
CREATE OR REPLACE VIEW campaign_rates_by_dimension AS
SELECT
    tenant,
    campaign,
    dimension,
    dimension_value,
    metric,
    numerator,
    denominator,
    value,
    counts
FROM campaign_rate_formulas(scope = 'parts');
