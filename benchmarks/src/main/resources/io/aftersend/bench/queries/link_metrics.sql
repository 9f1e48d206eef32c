INSERT INTO link_metrics (tenant, campaign, count_source, link, total, `unique`, human_total, human_unique, version)
SELECT tenant, campaign, count_source, link, count(), uniqExact(clicker), countIf(is_human), uniqExactIf(clicker, is_human), 1
FROM link_clicks FINAL
GROUP BY tenant, campaign, count_source, link
