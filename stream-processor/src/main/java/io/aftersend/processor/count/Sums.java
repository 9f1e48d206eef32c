package io.aftersend.processor.count;

import io.aftersend.schemas.metric.CampaignMetrics;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.state.CampaignSums;
import java.math.BigDecimal;
import java.util.Map;

/// Addition of counts. What comes to zero is left out of the maps.
public final class Sums {
  private Sums() {}

  /// The key of a whole campaign in the topic of metrics.
  public static String topicKey(String tenant, String campaign) {
    return tenant + "|" + campaign + "||";
  }

  /// Adds changes to sums, which are changed.
  public static void add(
      CampaignSums sums, Map<String, Long> counters, Map<String, BigDecimal> revenue) {
    Map<String, Long> counts = sums.getCounters();
    for (Map.Entry<String, Long> change : counters.entrySet()) {
      long sum = counts.merge(change.getKey(), change.getValue(), Long::sum);
      if (sum == 0) {
        counts.remove(change.getKey());
      }
    }
    Map<String, BigDecimal> earned = sums.getRevenue();
    for (Map.Entry<String, BigDecimal> change : revenue.entrySet()) {
      BigDecimal sum = earned.merge(change.getKey(), change.getValue(), BigDecimal::add);
      if (sum.signum() == 0) {
        earned.remove(change.getKey());
      }
    }
  }

  /// Adds changes to a bucket, which is changed.
  static void add(HeatmapBucket bucket, long total, long humanTotal, long first) {
    bucket.setTotal(bucket.getTotal() + total);
    bucket.setHumanTotal(bucket.getHumanTotal() + humanTotal);
    bucket.setFirst(bucket.getFirst() + first);
  }

  /// Whether a bucket's delta changes nothing.
  static boolean isZero(HeatmapBucket delta) {
    return delta.getTotal() == 0 && delta.getHumanTotal() == 0 && delta.getFirst() == 0;
  }

  /// The public record of a campaign's sums.
  static CampaignMetrics published(CampaignSums sums) {
    return new CampaignMetrics(
        sums.getTenant(),
        sums.getCampaign(),
        "",
        "",
        sums.getCounters(),
        sums.getRevenue(),
        sums.getVersion());
  }
}
