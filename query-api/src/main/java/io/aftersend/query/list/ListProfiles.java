package io.aftersend.query.list;

import org.jspecify.annotations.Nullable;

/// The table of what senders say of their lists. Every method keeps to one tenant, is safe for any
/// thread, and throws [io.aftersend.query.problem.ProblemException] when the database cannot
/// answer.
public interface ListProfiles {
  /// A profile as it is stored.
  ///
  /// @param version grows with every change
  record Stored(ListProfile profile, long version) {}

  /// What is stored now; null when nothing was ever said of the list.
  @Nullable Stored current(String tenant, String list);

  /// Stores a profile. The one with the greatest version stands, so that storing it again changes
  /// nothing.
  void store(String tenant, Stored stored);
}
