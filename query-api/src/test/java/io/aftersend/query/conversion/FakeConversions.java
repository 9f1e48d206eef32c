package io.aftersend.query.conversion;

import java.util.ArrayList;
import java.util.List;

/// Conversions in memory, all of the tenant `ours`.
public final class FakeConversions implements ConversionReadModel {
  public final List<Sum> sums = new ArrayList<>();

  @Override
  public List<Sum> sums(String tenant) {
    return tenant.equals("ours") ? sums : List.of();
  }
}
