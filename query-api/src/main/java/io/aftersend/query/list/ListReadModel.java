package io.aftersend.query.list;

import io.aftersend.query.period.Period;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The reading side of mailing lists. Zone arithmetic is all in the database. Every method keeps to
/// one tenant, is safe for any thread, and throws [io.aftersend.query.problem.ProblemException]
/// when the database cannot answer.
public interface ListReadModel {
  /// What changed in a time.
  ///
  /// @param departed who unsubscribed, complained or did both
  record Moves(long subscribed, long unsubscribed, long complained, long departed) {
    static final Moves NONE = new Moves(0, 0, 0, 0);
  }

  /// How a list grew.
  record Growth(Rate rate, Moves moves, long sizeAtStart, long sizeAtEnd) {}

  /// A rate with its parts.
  ///
  /// @param value the ratio, 0.04 for 4 %; null where the denominator is 0
  /// @param counts whom the numerator counts
  record Rate(long numerator, long denominator, @Nullable BigDecimal value, String counts) {}

  /// A list and how it grew.
  ///
  /// @param name null where nobody told one
  record Row(String list, @Nullable String name, Growth growth) {}

  /// The lists of a tenant after one of them, in order.
  ///
  /// @param after empty: from the first
  /// @param limit the most that are given
  List<Row> after(String tenant, String after, Period period, int limit);

  /// Whether the tenant has the list, by an event or by what was said of it.
  boolean exists(String tenant, String list);

  /// The growth of a list that exists.
  Growth growth(String tenant, String list, Period period);

  /// The calendar days of the zone on which anything changed, in the period.
  SortedMap<LocalDate, Moves> days(String tenant, String list, Period period, String zone);
}
