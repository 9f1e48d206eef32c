-- What the sender says of a mailing list.
CREATE TABLE IF NOT EXISTS lists
(
    tenant LowCardinality(String),
    list String,
    name String,
    size Nullable(Int64) COMMENT 'Members at the time as_of',
    as_of Nullable(DateTime64(3, 'UTC')),
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, list);

-- How the members of a list changed, in quarter hours of UTC, from which the days of any zone add up.
CREATE TABLE IF NOT EXISTS list_metrics
(
    tenant LowCardinality(String),
    list String,
    bucket_start DateTime64(3, 'UTC'),
    subscribed Int64 COMMENT 'Recipients who subscribed and were not subscribed already',
    unsubscribed Int64 COMMENT 'Recipients who unsubscribed, once until they subscribe again',
    complained Int64 COMMENT 'Recipients who complained, once until they subscribe again',
    departed Int64 COMMENT 'Recipients who did either or both: they leave once',
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, list, bucket_start);

-- One row per list, whether an event or its settings made it exist.
CREATE OR REPLACE VIEW list_overview AS
SELECT
    tenant,
    list,
    max(row_name) AS name,
    max(row_size) AS size,
    max(row_as_of) AS as_of,
    max(row_version) AS settings_version
FROM
(
    SELECT
        toString(tenant) AS tenant,
        list,
        name AS row_name,
        size AS row_size,
        as_of AS row_as_of,
        version AS row_version
    FROM lists FINAL
    UNION ALL
    SELECT DISTINCT
        toString(tenant),
        list,
        '',
        CAST(NULL, 'Nullable(Int64)'),
        CAST(NULL, 'Nullable(DateTime64(3, \'UTC\'))'),
        toInt64(0)
    FROM list_metrics
)
GROUP BY tenant, list;

-- The growth of every list from one time to another, the end not included:
-- SELECT … FROM list_growth(period_start = '2026-06-01 00:00:00', period_end = '2026-07-01 00:00:00'), times in UTC.
-- The size at the start is the size that the sender told, carried to the start by the members who came and left between;
-- from the quarter hour in which it was told on, they come on top. Without a told size it is all who came, less all who left.
-- A zero denominator gives NULL.
CREATE OR REPLACE VIEW list_growth AS
SELECT
    tenant,
    list,
    'list_growth_rate' AS metric,
    subscribed - (unsubscribed + complained) AS numerator,
    size_at_start AS denominator,
    if(denominator = 0, NULL, toFloat64(numerator) / toFloat64(denominator)) AS value,
    'all' AS counts,
    subscribed,
    unsubscribed,
    complained,
    departed,
    size_at_start,
    greatest(0, size_at_start + subscribed - departed) AS size_at_end
FROM
(
    SELECT
        tenant,
        list,
        sumIf(row_subscribed, is_in_period) AS subscribed,
        sumIf(row_unsubscribed, is_in_period) AS unsubscribed,
        sumIf(row_complained, is_in_period) AS complained,
        sumIf(row_departed, is_in_period) AS departed,
        greatest(0, max(ifNull(told_size, 0))
            + sumIf(row_subscribed - row_departed, row_start >= told_from AND row_start < period_from)
            - sumIf(row_subscribed - row_departed, row_start < told_from AND row_start >= period_from)) AS size_at_start
    FROM
    (
        SELECT
            moves.tenant AS tenant,
            moves.list AS list,
            moves.row_start AS row_start,
            moves.row_subscribed AS row_subscribed,
            moves.row_unsubscribed AS row_unsubscribed,
            moves.row_complained AS row_complained,
            moves.row_departed AS row_departed,
            told.size AS told_size,
            if(told.size IS NULL, toDateTime64('1970-01-01 00:00:00', 3, 'UTC'),
                toDateTime64(toStartOfFifteenMinutes(assumeNotNull(told.as_of)), 3, 'UTC')) AS told_from,
            parseDateTime64BestEffort({period_start:String}, 3, 'UTC') AS period_from,
            row_start >= period_from AND row_start < parseDateTime64BestEffort({period_end:String}, 3, 'UTC') AS is_in_period
        FROM
        (
            SELECT
                toString(tenant) AS tenant,
                list,
                bucket_start AS row_start,
                subscribed AS row_subscribed,
                unsubscribed AS row_unsubscribed,
                complained AS row_complained,
                departed AS row_departed
            FROM list_metrics FINAL
            UNION ALL
            SELECT
                toString(tenant),
                list,
                toDateTime64('1970-01-01 00:00:00', 3, 'UTC'),
                toInt64(0),
                toInt64(0),
                toInt64(0),
                toInt64(0)
            FROM lists FINAL
        ) AS moves
        LEFT JOIN
        (
            SELECT toString(tenant) AS tenant, list, size, as_of
            FROM lists FINAL
        ) AS told ON moves.tenant = told.tenant AND moves.list = told.list
    )
    GROUP BY tenant, list
);

-- What changed on each calendar day of the given zone, from one time (UTC) to another, the end not included.
CREATE OR REPLACE VIEW list_daily AS
SELECT
    tenant,
    list,
    toDate32(bucket_start, {zone:String}) AS date,
    sum(subscribed) AS subscribed,
    sum(unsubscribed) AS unsubscribed,
    sum(complained) AS complained,
    sum(departed) AS departed
FROM list_metrics FINAL
WHERE bucket_start >= parseDateTime64BestEffort({period_start:String}, 3, 'UTC')
    AND bucket_start < parseDateTime64BestEffort({period_end:String}, 3, 'UTC')
GROUP BY tenant, list, date;

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
