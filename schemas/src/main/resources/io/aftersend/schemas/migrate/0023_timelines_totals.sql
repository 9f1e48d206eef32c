-- What happened to a campaign in each quarter hour, hour or calendar day of the given zone (grain = '15m', 'hour' or 'day'), from
-- one time (UTC) to another, the end not included. `start` is when the step begins, which for the first one may be before the period.
CREATE OR REPLACE VIEW campaign_timeline AS
SELECT
    tenant,
    campaign,
    event,
    basis,
    multiIf(
        {grain:String} = 'day', toUnixTimestamp(toStartOfDay(toTimeZone(bucket_start, {zone:String}))),
        {grain:String} = 'hour', toUnixTimestamp(toStartOfHour(toTimeZone(bucket_start, {zone:String}))),
        toUnixTimestamp(bucket_start)) AS start_seconds,
    toDateTime64(start_seconds, 3, 'UTC') AS start,
    sum(total) AS total,
    sum(human_total) AS human_total,
    sum(first) AS first
FROM heatmap_counted_buckets
WHERE bucket_start >= parseDateTime64BestEffort({period_start:String}, 3, 'UTC')
    AND bucket_start < parseDateTime64BestEffort({period_end:String}, 3, 'UTC')
GROUP BY tenant, campaign, event, basis, start_seconds;

-- What campaigns can be added up by: themselves, their subject, each of their labels.
CREATE OR REPLACE VIEW campaign_groups AS
SELECT
    tenant,
    campaign,
    member.1 AS grouping,
    member.2 AS value
FROM
(
    SELECT
        tenant,
        campaign,
        arrayJoin(arrayConcat([('campaign', campaign), ('subject', subject)], arrayMap(label -> ('label', label), labels))) AS member
    FROM campaign_overview
);

-- Counts of all campaigns of a tenant added up by campaign, subject or label (by = 'campaign', 'subject' or 'label'). A label
-- counts whole campaigns that have it, and in others the messages that have it.
CREATE OR REPLACE VIEW total_counts AS
SELECT
    value,
    type,
    sum(row_total) AS total,
    sum(row_unique) AS unique,
    sum(row_human_total) AS human_total,
    sum(row_human_unique) AS human_unique
FROM
(
    SELECT
        members.value AS value,
        counts.type AS type,
        counts.total AS row_total,
        counts.unique AS row_unique,
        counts.human_total AS row_human_total,
        counts.human_unique AS row_human_unique
    FROM
    (
        SELECT campaign, type, total, unique, human_total, human_unique
        FROM campaign_counts
        WHERE tenant = {of_tenant:String}
    ) AS counts
    INNER JOIN
    (
        SELECT campaign, value
        FROM campaign_groups
        WHERE tenant = {of_tenant:String} AND grouping = {by:String}
    ) AS members ON counts.campaign = members.campaign
    UNION ALL
    SELECT dimension_value, type, total, unique, human_total, human_unique
    FROM campaign_counts_by_dimension
    WHERE tenant = {of_tenant:String} AND dimension = 'label' AND {by:String} = 'label'
        AND (campaign, dimension_value) NOT IN (
            SELECT campaign, value
            FROM campaign_groups
            WHERE tenant = {of_tenant:String} AND grouping = 'label')
)
GROUP BY value, type;

-- Their rates: numerators and denominators added up, returns on cost apart by currency and of whole campaigns only.
CREATE OR REPLACE VIEW total_rates AS
SELECT
    value AS group_value,
    metric,
    sum(row_numerator) AS numerator,
    sum(row_denominator) AS denominator,
    if(denominator = 0, NULL, toFloat64(numerator) / toFloat64(denominator)) AS ratio,
    counts,
    currency
FROM
(
    SELECT
        members.value AS value,
        rates.metric AS metric,
        rates.numerator AS row_numerator,
        rates.denominator AS row_denominator,
        rates.counts AS counts,
        rates.currency AS currency
    FROM
    (
        SELECT campaign, metric, numerator, denominator, counts, currency
        FROM campaign_rates
        WHERE tenant = {of_tenant:String} AND (metric != 'roi' OR (currency != '' AND denominator != 0))
    ) AS rates
    INNER JOIN
    (
        SELECT campaign, value
        FROM campaign_groups
        WHERE tenant = {of_tenant:String} AND grouping = {by:String}
    ) AS members ON rates.campaign = members.campaign
    UNION ALL
    SELECT dimension_value, metric, numerator, denominator, counts, ''
    FROM campaign_rates_by_dimension
    WHERE tenant = {of_tenant:String} AND dimension = 'label' AND {by:String} = 'label'
        AND (campaign, dimension_value) NOT IN (
            SELECT campaign, value
            FROM campaign_groups
            WHERE tenant = {of_tenant:String} AND grouping = 'label')
)
GROUP BY value, metric, counts, currency;

-- Their revenue by currency.
CREATE OR REPLACE VIEW total_revenue AS
SELECT
    value,
    currency,
    sum(amount) AS revenue
FROM
(
    SELECT
        members.value AS value,
        toString(sums.currency) AS currency,
        sums.amount AS amount
    FROM
    (
        SELECT campaign, currency, amount
        FROM campaign_overview
        ARRAY JOIN mapKeys(revenue) AS currency, mapValues(revenue) AS amount
        WHERE tenant = {of_tenant:String}
    ) AS sums
    INNER JOIN
    (
        SELECT campaign, value
        FROM campaign_groups
        WHERE tenant = {of_tenant:String} AND grouping = {by:String}
    ) AS members ON sums.campaign = members.campaign
    UNION ALL
    SELECT dimension_value, toString(currency), amount
    FROM
    (
        SELECT campaign, dimension_value, revenue
        FROM campaign_metrics FINAL
        WHERE tenant = {of_tenant:String} AND dimension = 'label' AND {by:String} = 'label'
    )
    ARRAY JOIN mapKeys(revenue) AS currency, mapValues(revenue) AS amount
    WHERE (campaign, dimension_value) NOT IN (
        SELECT campaign, value
        FROM campaign_groups
        WHERE tenant = {of_tenant:String} AND grouping = 'label')
)
GROUP BY value, currency;

-- What happened from one time (UTC) to another, the end not included, by campaign, subject or label of the campaign, or by month
-- of the given zone: of the events that are kept in quarter hours.
CREATE OR REPLACE VIEW period_totals AS
SELECT
    value,
    event,
    basis,
    sum(row_total) AS total,
    sum(row_human_total) AS human_total,
    sum(row_first) AS first
FROM
(
    SELECT
        formatDateTime(toTimeZone(bucket_start, {zone:String}), '%Y-%m') AS value,
        event,
        basis,
        total AS row_total,
        human_total AS row_human_total,
        first AS row_first
    FROM heatmap_counted_buckets
    WHERE tenant = {of_tenant:String} AND {by:String} = 'month'
        AND bucket_start >= parseDateTime64BestEffort({period_start:String}, 3, 'UTC')
        AND bucket_start < parseDateTime64BestEffort({period_end:String}, 3, 'UTC')
    UNION ALL
    SELECT
        members.value,
        sums.event,
        sums.basis,
        sums.total,
        sums.human_total,
        sums.first
    FROM
    (
        SELECT
            campaign,
            event,
            basis,
            sum(bucket.total) AS total,
            sum(bucket.human_total) AS human_total,
            sum(bucket.first) AS first
        FROM heatmap_counted_buckets AS bucket
        WHERE tenant = {of_tenant:String} AND {by:String} != 'month'
            AND bucket_start >= parseDateTime64BestEffort({period_start:String}, 3, 'UTC')
            AND bucket_start < parseDateTime64BestEffort({period_end:String}, 3, 'UTC')
        GROUP BY campaign, event, basis
    ) AS sums
    INNER JOIN
    (
        SELECT campaign, value
        FROM campaign_groups
        WHERE tenant = {of_tenant:String} AND grouping = {by:String}
    ) AS members ON sums.campaign = members.campaign
)
GROUP BY value, event, basis;

-- The messages of a campaign from one to another in the order of their ids, with what became of each: one row per message, which
-- is one mail to one recipient, and per recipient where events name no message. `traits` are what it can be found by. Final
-- delivery states are those of the counts; opens and clicks are of the source that the campaign counts.
CREATE OR REPLACE VIEW campaign_recipients AS
SELECT
    message,
    alone,
    recipient,
    account,
    variant,
    state,
    sent_at,
    opened_total,
    opened_human_total,
    first_open,
    clicked_total,
    clicked_human_total,
    first_click,
    replied,
    converted,
    unsubscribed,
    complained,
    arrayConcat(
        ['all'],
        if(state = '', [], if(state IN ('hard', 'soft', 'block'), ['bounced', state], [state])),
        [if(opened_human_total > 0, 'opened', 'not_opened'), if(clicked_human_total > 0, 'clicked', 'not_clicked')],
        if(opened_total > 0 AND opened_human_total = 0, ['opened_by_machine'], []),
        if(replied > 0, ['replied'], []),
        if(converted > 0, ['converted'], []),
        if(unsubscribed > 0, ['unsubscribed'], []),
        if(complained > 0, ['complained'], [])) AS traits
FROM
(
    SELECT
        message,
        if(message = '', row_recipient, '') AS alone,
        max(row_recipient) AS recipient,
        argMinIf(row_account, event_time, row_account != '') AS account,
        argMinIf(row_variant, event_time, row_variant != '') AS variant,
        if(
            countIf(kind = 'hard') > 0,
            'hard',
            argMaxIf(kind, (event_time, indexOf(['deferred', 'dropped', 'soft', 'block', 'delivered'], kind)), kind != '')) AS state,
        minOrNullIf(event_time, type = 'sent') AS sent_at,
        countIf(type = 'opened' AND is_ours) AS opened_total,
        countIf(type = 'opened' AND is_ours AND is_human) AS opened_human_total,
        minOrNullIf(event_time, type = 'opened' AND is_ours AND is_human) AS first_open,
        countIf(type = 'clicked' AND is_ours) AS clicked_total,
        countIf(type = 'clicked' AND is_ours AND is_human) AS clicked_human_total,
        minOrNullIf(event_time, type = 'clicked' AND is_ours AND is_human) AS first_click,
        countIf(type = 'replied' AND is_human AND NOT ifNull(auto_reply, false)) AS replied,
        countIf(type = 'converted' AND is_human) AS converted,
        countIf(type = 'unsubscribed') AS unsubscribed,
        countIf(type = 'complained') AS complained
    FROM
    (
        SELECT
            message,
            recipient AS row_recipient,
            toString(account) AS row_account,
            toString(variant) AS row_variant,
            toString(type) AS type,
            event_time,
            auto_reply,
            multiIf(
                type = 'bounced', toString(bounce_class),
                type IN ('delivered', 'dropped', 'deferred'), toString(type),
                '') AS kind,
            verdict IN ('human', 'proxy') AS is_human,
            (provider != '') = ({of_campaign:String} IN (
                SELECT campaign FROM campaigns FINAL WHERE tenant = {of_tenant:String} AND count_source = 'provider')) AS is_ours
        FROM events
        WHERE tenant = {of_tenant:String} AND campaign = {of_campaign:String} AND counted
            AND message >= {first_message:String} AND message <= {last_message:String}
            AND (message != '' OR recipient != '')
    )
    GROUP BY message, alone
);
