package io.aftersend.query.campaign;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A campaign without its counts.
///
/// @param revenue exact sums of conversions by currency, in the order of the currencies
public record CampaignOverview(
    CampaignProfile profile, SortedMap<String, BigDecimal> revenue, CampaignLimits limits) {
  public CampaignOverview {
    revenue = Collections.unmodifiableSortedMap(new TreeMap<>(revenue));
  }

  CampaignOverview(
      CampaignProfile profile, Map<String, BigDecimal> revenue, CampaignLimits limits) {
    this(profile, new TreeMap<>(revenue), limits);
  }
}
