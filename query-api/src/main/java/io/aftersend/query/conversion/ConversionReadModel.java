package io.aftersend.query.conversion;

import java.math.BigDecimal;
import java.util.List;

/// The reading side of conversions. Safe for any thread; throws
/// [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface ConversionReadModel {
  /// Conversions of one outcome in one currency.
  ///
  /// @param currency empty for conversions without a value
  /// @param revenue exact
  record Sum(String outcome, String currency, long total, BigDecimal revenue) {}

  /// All conversions of a tenant by outcome and currency, ordered by currency.
  List<Sum> sums(String tenant);
}
