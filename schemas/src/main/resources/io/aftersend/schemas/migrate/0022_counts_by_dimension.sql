-- As before, but with the types joined beside the rows: a condition on tenant, campaign or dimension reaches the table, which the
-- function of the same name keeps it from.
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
        type,
        if(
            type IN ('opened', 'clicked')
                AND (tenant, campaign) IN (SELECT tenant, campaign FROM campaigns FINAL WHERE count_source = 'provider'),
            'provider.',
            '') AS source_prefix
    FROM
    (
        SELECT tenant, campaign, dimension, dimension_value, counters
        FROM campaign_metrics FINAL
        WHERE dimension != ''
    )
    ARRAY JOIN [
        'sent', 'received', 'delivered', 'deferred', 'dropped', 'bounced', 'placed', 'opened', 'read', 'clicked',
        'attachment_opened', 'forwarded', 'replied', 'read_receipt', 'page_viewed', 'converted', 'unsubscribed',
        'complained', 'unsubscribe_viewed', 'subscribed'] AS type
)
WHERE total != 0 OR unique != 0;
