package io.aftersend.query.campaign;

import org.jspecify.annotations.Nullable;

/// Which campaigns are asked for.
///
/// @param search what their id, name or subject contains, in any case; empty: all
/// @param label that they have; empty: all
/// @param after they begin behind it; null: from the first
/// @param limit the most that are given
public record CampaignQuestion(
    String tenant,
    String search,
    String label,
    CampaignOrder order,
    boolean isDescending,
    @Nullable Place after,
    int limit) {
  /// Where a campaign stands in an order: by a number, a text, and the id.
  public record Place(long number, String text, String campaign) {}
}
