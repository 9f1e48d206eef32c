package io.aftersend.query.campaign;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The reading side of how long things took. Every method keeps to one tenant, is safe for any
/// thread, and throws [io.aftersend.query.problem.ProblemException] when the database cannot
/// answer.
public interface DistributionReadModel {
  /// The metrics that are distributions of times.
  List<String> METRICS = List.of("time_to_open", "time_to_click", "recipient_reply_time");

  /// How many messages took a time.
  ///
  /// @param upToSeconds the bound of the times, above the one before; null: above all bounds
  record Bar(@Nullable Long upToSeconds, long messages) {}

  /// The times of a metric.
  ///
  /// @param since what they count from: `delivered`, or `sent` where nobody reported the delivery
  /// @param bars in the order of their bounds
  record Delays(
      String metric,
      String since,
      long messages,
      double medianSeconds,
      double p90Seconds,
      List<Bar> bars) {}

  /// How long mail was looked at: the shares `glanced`, `skimmed` and `read`, and `coverage`.
  List<Rate> readTime(String tenant, String campaign);

  /// The times of a campaign, in the order of [#METRICS].
  List<Delays> delays(String tenant, String campaign);
}
