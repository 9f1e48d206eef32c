-- Counters of a campaign as a whole (empty dimension) or of one value of one dimension. All counters of a row are of one moment.
CREATE TABLE IF NOT EXISTS campaign_metrics
(
    tenant LowCardinality(String),
    campaign String,
    dimension LowCardinality(String) COMMENT 'Empty for the whole campaign',
    dimension_value String COMMENT 'Empty for the whole campaign',
    counters Map(LowCardinality(String), Int64) COMMENT 'Counter by name; absent means 0',
    revenue Map(LowCardinality(String), Decimal(38, 6)) COMMENT 'Sum of conversion values by currency',
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, campaign, dimension, dimension_value);

-- Quarter hours of UTC, from which the heatmap of any zone adds up.
CREATE TABLE IF NOT EXISTS heatmap_buckets
(
    tenant LowCardinality(String),
    campaign String,
    event LowCardinality(String),
    basis LowCardinality(String) COMMENT 'event: by when it happened; sent: by when the mail was sent',
    count_source LowCardinality(String) COMMENT 'own or provider',
    recipient_zone LowCardinality(String) COMMENT 'Empty where unknown',
    bucket_start DateTime64(3, 'UTC'),
    total Int64,
    human_total Int64,
    first Int64 COMMENT 'Messages whose first human event lies here',
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, campaign, event, basis, count_source, recipient_zone, bucket_start);

-- What the sender says of a campaign.
CREATE TABLE IF NOT EXISTS campaigns
(
    tenant LowCardinality(String),
    campaign String,
    name String,
    subject String,
    cost Nullable(Decimal(18, 6)),
    currency LowCardinality(String),
    labels Array(String),
    list String,
    count_source LowCardinality(String),
    version Int64
)
ENGINE = ReplacingMergeTree(version)
ORDER BY (tenant, campaign);
