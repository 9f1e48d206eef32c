package io.aftersend.query.list;

import io.aftersend.schemas.list.ListSettings;

/// Who tells the other services what a sender says of a list. Safe for any thread.
public interface ListPublisher {
  /// Returns when the record is durable.
  ///
  /// @param timestampMs of the record, epoch milliseconds
  /// @throws io.aftersend.query.problem.ProblemException 503 when it could not be made durable; it
  ///   may still become so
  void publish(ListSettings settings, long timestampMs);
}
