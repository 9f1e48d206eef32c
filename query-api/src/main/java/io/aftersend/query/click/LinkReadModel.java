package io.aftersend.query.click;

import java.util.List;

/// The reading side of a campaign's links. Safe for any thread; throws
/// [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface LinkReadModel {
  /// The clicked links of a campaign after one of them, in order.
  ///
  /// @param after [LinkPlace#START]: from the first
  /// @param limit the most that are given
  List<LinkClicks> after(String tenant, String campaign, LinkPlace after, int limit);
}
