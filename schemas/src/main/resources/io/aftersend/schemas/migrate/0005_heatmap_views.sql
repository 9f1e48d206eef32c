-- Zone arithmetic of the whole product lies here: SELECT … FROM heatmap_hourly(zone = 'Asia/Tehran').
-- A campaign's opens and clicks are those of the source that it counts.
CREATE OR REPLACE VIEW heatmap_counted_buckets AS
SELECT
    tenant,
    campaign,
    event,
    basis,
    recipient_zone,
    bucket_start,
    total,
    human_total,
    first
FROM heatmap_buckets FINAL
WHERE count_source = if(
    event IN ('opened', 'clicked')
        AND (tenant, campaign) IN (SELECT tenant, campaign FROM campaigns FINAL WHERE count_source = 'provider'),
    'provider',
    'own');

-- 7 weekdays (1 = Monday) by 24 hours in the given zone.
CREATE OR REPLACE VIEW heatmap_hourly AS
SELECT
    tenant,
    campaign,
    event,
    basis,
    recipient_zone,
    toDayOfWeek(bucket_start, 0, {zone:String}) AS weekday,
    toHour(bucket_start, {zone:String}) AS hour,
    sum(total) AS total,
    sum(human_total) AS human_total,
    sum(first) AS first
FROM heatmap_counted_buckets
GROUP BY tenant, campaign, event, basis, recipient_zone, weekday, hour;

-- Calendar days in the given zone.
CREATE OR REPLACE VIEW heatmap_daily AS
SELECT
    tenant,
    campaign,
    event,
    basis,
    recipient_zone,
    toDate32(bucket_start, {zone:String}) AS date,
    sum(total) AS total,
    sum(human_total) AS human_total,
    sum(first) AS first
FROM heatmap_counted_buckets
GROUP BY tenant, campaign, event, basis, recipient_zone, date;
