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
