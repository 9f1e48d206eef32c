INSERT INTO heatmap_buckets
    (tenant, campaign, event, basis, count_source, recipient_zone, bucket_start, total, human_total, first, version)
SELECT
    tenant,
    campaign,
    type,
    'event',
    'own',
    recipient_time_zone,
    toDateTime64(toStartOfFifteenMinutes(event_time), 3, 'UTC') AS quarter,
    count(),
    countIf(verdict IN ('human', 'proxy')),
    uniqIf(message, verdict IN ('human', 'proxy')),
    1
FROM event_log
WHERE type IN ('sent', 'opened', 'clicked') AND revision = 1
GROUP BY tenant, campaign, type, recipient_time_zone, quarter
