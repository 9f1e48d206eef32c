package io.aftersend.query.timeline;

import io.aftersend.query.period.Period;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/// The reading side of timelines. Zone arithmetic is all in the database. Every method is safe for
/// any thread, and throws [io.aftersend.query.problem.ProblemException] when the database cannot
/// answer.
public interface TimelineReadModel {
  /// What a timeline is asked of.
  ///
  /// @param basis `event`: by when it happened; `sent`: by when the mail was sent
  record Question(String tenant, String campaign, String basis) {}

  /// The time in which anything happened; null where nothing did.
  @Nullable Period span(Question question);

  /// The steps that have anything, by their beginnings, and what each has by type of event.
  ///
  /// @param grain `15m`, `hour` or `day`
  /// @param zone an IANA name that the database knows
  SortedMap<Instant, Map<String, EventSums>> steps(
      Question question, String grain, Period period, String zone);
}
