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
