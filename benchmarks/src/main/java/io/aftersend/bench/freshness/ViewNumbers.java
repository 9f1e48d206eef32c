package io.aftersend.bench.freshness;

/// Asks the view in ClickHouse.
record ViewNumbers(Http http, String clickHouse, String tenant) implements CampaignNumbers {
  @Override
  public long hits(String campaign) throws InterruptedException {
    String sql =
        """
        SELECT sum(total) FROM aftersend.campaign_counts
        WHERE tenant = '%s' AND campaign = '%s' AND type IN ('opened', 'clicked')
        """
            .formatted(tenant, campaign);
    return Long.parseLong(http.query(clickHouse, sql).strip());
  }
}
