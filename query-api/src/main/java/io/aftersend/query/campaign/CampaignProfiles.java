package io.aftersend.query.campaign;

import org.jspecify.annotations.Nullable;

/// The table of what senders say of their campaigns. Every method keeps to one tenant, is safe for
/// any thread, and throws [io.aftersend.query.problem.ProblemException] when the database cannot
/// answer.
public interface CampaignProfiles {
  /// A profile as it is stored.
  ///
  /// @param version grows with every change
  record Stored(CampaignProfile profile, long version) {}

  /// What is stored now; null when nothing was ever said of the campaign.
  @Nullable Stored current(String tenant, String campaign);

  /// Stores a profile. The one with the greatest version stands, so that storing it again changes
  /// nothing.
  void store(String tenant, Stored stored);
}
