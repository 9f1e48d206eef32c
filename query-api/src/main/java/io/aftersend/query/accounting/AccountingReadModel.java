package io.aftersend.query.accounting;

import java.util.List;

/// What the accounting says of all lanes.
public interface AccountingReadModel {
  /// Every lane that either stage has spoken of, the latest journals first.
  ///
  /// @throws io.aftersend.query.problem.ProblemException when the database cannot be asked
  List<LaneBalance> lanes();

  /// The same without a look at the rows: their number is null everywhere.
  ///
  /// @throws io.aftersend.query.problem.ProblemException when the database cannot be asked
  default List<LaneBalance> lanesWithoutRows() {
    return lanes().stream().map(LaneBalance::withoutStoredRows).toList();
  }
}
