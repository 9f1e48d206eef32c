package io.aftersend.query.totals;

import io.aftersend.query.campaign.EventCounts;
import io.aftersend.query.campaign.Rate;
import io.aftersend.query.period.Period;
import io.aftersend.query.timeline.EventSums;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The reading side of totals. Every method keeps to one tenant, is safe for any thread, and throws
/// [io.aftersend.query.problem.ProblemException] when the database cannot answer.
public interface TotalsReadModel {
  /// Which rows of a table are wanted.
  ///
  /// @param by `campaign`, `label`, `subject` or `month`
  /// @param after the value that the rows begin behind; null: from the first
  /// @param limit the most that are given
  record Page(String tenant, String by, @Nullable String after, int limit) {}

  /// All that campaigns have had so far.
  ///
  /// @param value empty for campaigns without a subject
  /// @param counts of the types in [io.aftersend.query.campaign.CampaignReadModel#MAIN_TYPES], in
  ///   that order
  /// @param revenue exact sums by currency
  record Total(
      String value,
      List<EventCounts> counts,
      List<Rate> rates,
      SortedMap<String, BigDecimal> revenue) {}

  /// What happened in a period, by type of event.
  record PeriodTotal(String value, Map<String, EventSums> sums) {}

  /// Totals of all time, by value. A page's `by` is not `month`.
  List<Total> whole(Page page);

  /// The values that have anything in a period, in order.
  ///
  /// @param zone of months, an IANA name that the database knows
  List<String> values(Page page, String basis, Period period, String zone);

  /// The totals of some of them.
  List<PeriodTotal> inPeriod(
      Page page, List<String> values, String basis, Period period, String zone);
}
