package io.aftersend.query.variant;

import java.util.List;

/// The reading side of A/B tests. Safe for any thread; throws
/// [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface VariantReadModel {
  /// The arms of a campaign by variant; of very many the first.
  ///
  /// @param limit the most that are given
  List<Arm> arms(String tenant, String campaign, int limit);
}
