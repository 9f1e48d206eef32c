-- Counters of whole campaigns. Judgements that were revised are left out: how fast they are read does not hang on it.
INSERT INTO campaign_metrics (tenant, campaign, dimension, dimension_value, counters, revenue, version)
SELECT
    tenant,
    campaign,
    '',
    '',
    map(
        'sent.total', countIf(type = 'sent'), 'sent.unique', countIf(type = 'sent'),
        'delivered.total', countIf(type = 'delivered'), 'delivered.unique', countIf(type = 'delivered'),
        'state.delivered', countIf(type = 'delivered'), 'state.hard', countIf(type = 'bounced'),
        'opened.total', countIf(type = 'opened'), 'opened.unique', uniqIf(message, type = 'opened'),
        'opened.human_total', countIf(type = 'opened' AND is_human),
        'opened.human_unique', uniqIf(message, type = 'opened' AND is_human),
        'clicked.total', countIf(type = 'clicked'), 'clicked.unique', uniqIf(message, type = 'clicked'),
        'clicked.human_total', countIf(type = 'clicked' AND is_human),
        'clicked.human_unique', uniqIf(message, type = 'clicked' AND is_human),
        'reached.all', uniqIf(message, type IN ('opened', 'clicked')),
        'reached.human', uniqIf(message, type IN ('opened', 'clicked') AND is_human),
        'converters', countIf(type = 'converted')),
    map('AZN', CAST(1000, 'Decimal(38, 6)')),
    1
FROM (SELECT tenant, campaign, type, message, verdict IN ('human', 'proxy') AS is_human FROM event_log WHERE revision = 1)
GROUP BY tenant, campaign
