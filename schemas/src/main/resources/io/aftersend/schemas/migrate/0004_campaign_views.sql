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
    FROM campaign_metrics FINAL
    WHERE dimension = ''
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

-- Counts of every event type that a campaign has, from the source that it counts.
CREATE OR REPLACE VIEW campaign_counts AS
SELECT
    tenant,
    campaign,
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
        counters,
        arrayJoin([
            'sent', 'received', 'delivered', 'deferred', 'dropped', 'bounced', 'placed', 'opened', 'read', 'clicked',
            'attachment_opened', 'forwarded', 'replied', 'read_receipt', 'page_viewed', 'converted', 'unsubscribed',
            'complained', 'unsubscribe_viewed', 'subscribed']) AS type,
        if(count_source = 'provider' AND type IN ('opened', 'clicked'), 'provider.', '') AS source_prefix
    FROM campaign_overview
);

-- Every rate of a campaign with its numerator, its denominator and whom it counts. A zero denominator gives NULL.
-- No denominator is below zero, though a campaign whose sends were never reported may have bounces.
-- Denominators count distinct messages; `delivered` is what was reported delivered, in a campaign without any such
-- report what was sent and neither bounced nor dropped.
CREATE OR REPLACE VIEW campaign_rates AS
SELECT
    tenant,
    campaign,
    rate.1 AS metric,
    rate.2 AS numerator,
    rate.3 AS denominator,
    if(denominator = 0, NULL, toFloat64(numerator) / toFloat64(denominator)) AS value,
    rate.4 AS counts,
    rate.5 AS currency
FROM
(
    SELECT
        tenant,
        campaign,
        if(count_source = 'provider', 'provider.', '') AS source_prefix,
        counters['sent.unique'] AS sent,
        counters['state.hard'] AS hard,
        counters['state.soft'] AS soft,
        counters['state.block'] AS block,
        hard + soft + block AS bounced,
        greatest(0, sent - bounced) AS sent_not_bounced,
        if(counters['delivered.total'] > 0, counters['state.delivered'], greatest(0, sent - bounced - counters['state.dropped'])) AS delivered,
        counters[concat(source_prefix, 'clicked.human_unique')] AS human_clickers,
        counters[concat(source_prefix, 'reached.human')] AS human_openers,
        counters[concat(source_prefix, 'reached.all')] AS openers,
        counters[concat(source_prefix, 'reached.prefetch_only')] AS prefetch_only,
        arrayJoin([
            ('click_through_rate', toDecimal128(human_clickers, 6), toDecimal128(sent, 6), 'human', ''),
            ('click_through_rate_total', toDecimal128(counters[concat(source_prefix, 'clicked.human_total')], 6), toDecimal128(sent, 6), 'human', ''),
            ('click_to_open_rate', toDecimal128(human_clickers, 6), toDecimal128(human_openers, 6), 'human', ''),
            ('conversion_rate', toDecimal128(counters['converters'], 6), toDecimal128(sent, 6), 'human', ''),
            ('bounce_rate', toDecimal128(bounced, 6), toDecimal128(sent, 6), 'all', ''),
            ('bounce_rate_hard', toDecimal128(hard, 6), toDecimal128(sent, 6), 'all', ''),
            ('bounce_rate_soft', toDecimal128(soft, 6), toDecimal128(sent, 6), 'all', ''),
            ('bounce_rate_block', toDecimal128(block, 6), toDecimal128(sent, 6), 'all', ''),
            ('forward_rate', toDecimal128(counters['forwarded.stated_human_total'], 6), toDecimal128(sent, 6), 'human', ''),
            ('forward_rate_inferred', toDecimal128(counters['forwarded.inferred_total'], 6), toDecimal128(sent, 6), 'all', ''),
            ('open_rate_lower', toDecimal128(human_openers, 6), toDecimal128(sent_not_bounced, 6), 'human', ''),
            ('open_rate_upper', toDecimal128(openers, 6), toDecimal128(sent_not_bounced, 6), 'all', ''),
            ('open_rate_adjusted', toDecimal128(human_openers, 6), toDecimal128(greatest(0, sent_not_bounced - prefetch_only), 6), 'human', ''),
            ('open_rate_prefetch_share', toDecimal128(prefetch_only, 6), toDecimal128(sent_not_bounced, 6), 'all', ''),
            ('unsubscribe_rate', toDecimal128(counters['unsubscribed.unique'], 6), toDecimal128(delivered, 6), 'all', ''),
            ('complaint_rate', toDecimal128(counters['complained.unique'], 6), toDecimal128(delivered, 6), 'all', ''),
            ('delivery_rate', toDecimal128(delivered, 6), toDecimal128(sent, 6), 'all', ''),
            ('reply_rate', toDecimal128(counters['replied.by_person_unique'], 6), toDecimal128(delivered, 6), 'human', ''),
            ('roi', toDecimal128(revenue[currency] - ifNull(cost, 0), 6), toDecimal128(ifNull(cost, 0), 6), 'all', currency)
        ]) AS rate
    FROM campaign_overview
);
