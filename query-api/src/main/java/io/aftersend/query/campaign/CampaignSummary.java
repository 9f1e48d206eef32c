package io.aftersend.query.campaign;

import java.util.List;

/// A campaign as a line of a table.
///
/// @param place where it stands in the order that was asked for
/// @param counts of the types in [CampaignReadModel#MAIN_TYPES], in that order
public record CampaignSummary(
    CampaignProfile profile, CampaignQuestion.Place place, List<EventCounts> counts) {
  public CampaignSummary {
    counts = List.copyOf(counts);
  }
}
