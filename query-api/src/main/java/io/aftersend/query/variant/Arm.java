package io.aftersend.query.variant;

import io.aftersend.query.campaign.EventCounts;
import io.aftersend.query.campaign.Rate;
import java.util.List;

/// One arm of a test: the messages of a campaign that carry one variant.
///
/// @param counts of the types in [io.aftersend.query.campaign.CampaignReadModel#MAIN_TYPES], in
///   that order
public record Arm(String variant, List<EventCounts> counts, List<Rate> rates) {
  /// Successes among the messages of an arm.
  ///
  /// @param successes distinct messages
  record Trials(long messages, long successes) {
    /// Whether a rate can be told, which it cannot be where successes were reported of messages
    /// whose sending was not.
    boolean isSound() {
      return successes <= messages;
    }

    double rate() {
      return (double) successes / messages;
    }
  }

  public Arm {
    counts = List.copyOf(counts);
    rates = List.copyOf(rates);
  }

  /// The trials behind a rate; none where the arm does not have it.
  Trials trials(String metric) {
    for (Rate rate : rates) {
      if (rate.metric().equals(metric)) {
        return new Trials(rate.denominator().longValue(), rate.numerator().longValue());
      }
    }
    return new Trials(0, 0);
  }
}
