-- Where the conversions belong that name their recipient only: one row per conversion, the greatest version stands.
CREATE TABLE IF NOT EXISTS conversion_attributions
(
    tenant LowCardinality(String),
    recipient String,
    event_id String,
    event_time DateTime64(3, 'UTC'),
    outcome LowCardinality(String) COMMENT 'attributed, unattributed, order_repeated or machine',
    campaign LowCardinality(String) COMMENT 'The campaign that it counts for; empty where it is not attributed',
    message String COMMENT 'The message whose link was clicked last',
    click_time Nullable(DateTime64(3, 'UTC')) COMMENT 'When that link was clicked',
    `order` String,
    value Nullable(Decimal(18, 6)),
    currency LowCardinality(String) COMMENT 'XXX where none was given',
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, recipient, event_id);

-- Every conversion by a person with the campaign that it counts for, whether it names it or was attributed.
CREATE OR REPLACE VIEW conversions AS
SELECT
    toString(tenant) AS tenant,
    event_id,
    event_time,
    recipient,
    if(campaign = '' AND message = '', 'unattributed', if(counted, 'named', 'order_repeated')) AS outcome,
    toString(campaign) AS campaign,
    message,
    `order`,
    value,
    toString(currency) AS currency
FROM events
WHERE type = 'converted' AND NOT test AND verdict IN ('human', 'proxy') AND (campaign != '' OR message != '' OR recipient = '')
UNION ALL
SELECT
    toString(tenant),
    event_id,
    event_time,
    recipient,
    toString(outcome),
    toString(campaign),
    message,
    `order`,
    value,
    toString(currency)
FROM conversion_attributions FINAL
WHERE outcome != 'machine';

-- How many conversions there are of each outcome, and their revenue by currency, which are never added.
CREATE OR REPLACE VIEW conversion_outcomes AS
SELECT
    tenant,
    outcome,
    currency,
    count() AS total,
    sum(ifNull(value, toDecimal64(0, 6))) AS revenue
FROM conversions
GROUP BY tenant, outcome, currency;
