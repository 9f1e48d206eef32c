package io.aftersend.oracle;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What a sender says of a campaign, as far as numbers depend on it.
///
/// @param cost null where it was not told
/// @param currency of the cost
/// @param countSource whose opens and clicks count: `own` or `provider`
public record CampaignTerms(
    @Nullable BigDecimal cost, @Nullable String currency, String countSource) {
  /// Nothing was said.
  public static final CampaignTerms NONE = new CampaignTerms(null, null, "own");

  /// The same, with the provider's opens and clicks.
  public static final CampaignTerms PROVIDER = new CampaignTerms(null, null, "provider");

  /// A campaign that cost so much.
  public static CampaignTerms costing(String cost, String currency) {
    return new CampaignTerms(new BigDecimal(cost), currency, "own");
  }
}
