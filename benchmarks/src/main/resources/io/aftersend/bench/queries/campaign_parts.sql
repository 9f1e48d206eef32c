-- Counters of parts of campaigns, of which there are a thousand and more of each. Events stand for messages in them: how
-- fast they are read does not hang on it.
INSERT INTO campaign_metrics (tenant, campaign, dimension, dimension_value, counters, revenue, version)
SELECT
    tenant,
    campaign,
    part.1 AS dimension,
    part.2 AS dimension_value,
    map(
        'sent.total', countIf(type = 'sent'), 'sent.unique', countIf(type = 'sent'),
        'delivered.total', countIf(type = 'delivered'), 'delivered.unique', countIf(type = 'delivered'),
        'state.delivered', countIf(type = 'delivered'), 'state.hard', countIf(type = 'bounced'),
        'opened.total', countIf(type = 'opened'), 'opened.unique', countIf(type = 'opened'),
        'opened.human_total', countIf(type = 'opened' AND is_human), 'opened.human_unique', countIf(type = 'opened' AND is_human),
        'clicked.total', countIf(type = 'clicked'), 'clicked.unique', countIf(type = 'clicked'),
        'clicked.human_total', countIf(type = 'clicked' AND is_human), 'clicked.human_unique', countIf(type = 'clicked' AND is_human)),
    map(),
    1
FROM
(
    SELECT
        tenant,
        campaign,
        type,
        verdict IN ('human', 'proxy') AS is_human,
        arrayJoin(arrayConcat(
            [
                ('variant', toString(variant)),
                ('mailbox_provider', toString(mailbox_provider)),
                ('account', toString(account))
            ],
            if(type IN ('opened', 'clicked'), [('device', toString(device)), ('country', toString(country))], []))) AS part
    FROM event_log
    WHERE revision = 1
)
GROUP BY tenant, campaign, dimension, dimension_value
