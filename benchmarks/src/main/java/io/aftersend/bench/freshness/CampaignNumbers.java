package io.aftersend.bench.freshness;

/// Where somebody reads how often a campaign's messages were opened and clicked.
interface CampaignNumbers {
  /// Opens and clicks now; 0 where the campaign is not known yet.
  ///
  /// @throws io.aftersend.runtime.lifecycle.StartupException when there is no answer
  long hits(String campaign) throws InterruptedException;
}
