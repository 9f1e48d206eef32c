package io.aftersend.processor.signal;

import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.signal.SignalKind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// How a rate of a campaign stands against its limits.
///
/// @param level 0 where it is below all limits, 1 a warning, 2 an alarm
record RateAlarm(SignalKind kind, int level, long numerator, long denominator) {
  static final int WARNING = 1;
  static final int ALARM = 2;

  /// The rates of a campaign, with the numerators and denominators of the view `campaign_rates`.
  static List<RateAlarm> of(CampaignMetrics campaign, RateLimits limits) {
    Counters counters = new Counters(campaign.getCounters());
    List<RateAlarm> alarms = new ArrayList<>();
    long complained = counters.of("complained.unique");
    long delivered = counters.delivered();
    int complaints = delivered < limits.minDelivered() ? 0 : levelOf(complained, delivered);
    alarms.add(new RateAlarm(SignalKind.COMPLAINT_RATE_HIGH, complaints, complained, delivered));
    long sent = counters.of("sent.unique");
    boolean isBouncing =
        sent >= limits.minSent() && reaches(counters.bounced(), sent, limits.bounceLimit());
    alarms.add(
        new RateAlarm(
            SignalKind.BOUNCE_RATE_HIGH, isBouncing ? ALARM : 0, counters.bounced(), sent));
    return alarms;
  }

  private static int levelOf(long complained, long delivered) {
    if (reaches(complained, delivered, RateLimits.COMPLAINT_ALARM)) {
      return ALARM;
    }
    return reaches(complained, delivered, RateLimits.COMPLAINT_WARNING) ? WARNING : 0;
  }

  private static boolean reaches(long numerator, long denominator, BigDecimal limit) {
    return BigDecimal.valueOf(numerator).compareTo(limit.multiply(BigDecimal.valueOf(denominator)))
        >= 0;
  }

  String levelName() {
    return level == ALARM ? "alarm" : "warning";
  }

  /// Counters by name; absent means 0.
  private record Counters(Map<String, Long> counts) {
    long of(String name) {
      return counts.getOrDefault(name, 0L);
    }

    long bounced() {
      return of("state.hard") + of("state.soft") + of("state.block");
    }

    long delivered() {
      return of("delivered.total") > 0
          ? of("state.delivered")
          : Math.max(0, of("sent.unique") - bounced() - of("state.dropped"));
    }
  }
}
