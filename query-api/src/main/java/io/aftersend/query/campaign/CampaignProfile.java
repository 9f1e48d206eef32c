package io.aftersend.query.campaign;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the sender says of a campaign. Null is what was never said.
///
/// @param cost exact, at most 6 decimal places
/// @param currency of the cost, 3 capital letters
/// @param list the mailing list that it was sent to
/// @param countSource whose opens and clicks count: `own` or `provider`
public record CampaignProfile(
    String campaign,
    @Nullable String name,
    @Nullable String subject,
    @Nullable BigDecimal cost,
    @Nullable String currency,
    List<String> labels,
    @Nullable String list,
    String countSource) {
  static final String OWN = "own";
  static final String PROVIDER = "provider";

  public CampaignProfile {
    labels = List.copyOf(labels);
  }

  /// A campaign of which nothing was said.
  public static CampaignProfile untold(String campaign) {
    return new CampaignProfile(campaign, null, null, null, null, List.of(), null, OWN);
  }
}
