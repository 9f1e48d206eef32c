package io.aftersend.query.accounting;

import java.util.ArrayList;
import java.util.List;

/// Lanes in memory.
public final class FakeAccounting implements AccountingReadModel {
  final List<LaneBalance> lanes = new ArrayList<>();

  @Override
  public List<LaneBalance> lanes() {
    return lanes;
  }
}
