package io.aftersend.query.dimension;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reading side of a campaign's dimensions. Safe for any thread; throws
/// [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface DimensionReadModel {
  /// The values of a dimension that a campaign has counts of, after one of them, in order.
  ///
  /// @param after null: from the first
  /// @param limit the most that are given
  List<ValueCounts> after(
      String tenant, String campaign, Dimension dimension, @Nullable String after, int limit);
}
