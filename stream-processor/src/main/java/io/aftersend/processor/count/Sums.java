package io.aftersend.processor.count;

import io.aftersend.processor.count.Deltas.LinkCounts;
import io.aftersend.schemas.metric.HeatmapBucket;
import io.aftersend.schemas.metric.LinkMetrics;
import io.aftersend.schemas.state.CampaignSums;
import java.math.BigDecimal;
import java.util.Map;

/// Addition of counts. What comes to zero is left out of the maps.
public final class Sums {
  private Sums() {}

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

  /// Whether the delta of a slice changes nothing.
  static boolean isZero(CampaignSums delta) {
    return delta.getCounters().isEmpty() && delta.getRevenue().isEmpty();
  }

  /// Adds changes to a link, which is changed.
  static void add(LinkMetrics link, LinkCounts change) {
    link.setTotal(link.getTotal() + change.total());
    link.setUnique(link.getUnique() + change.unique());
    link.setHumanTotal(link.getHumanTotal() + change.humanTotal());
    link.setHumanUnique(link.getHumanUnique() + change.humanUnique());
  }

  /// The counts of a link's sum or delta.
  static LinkCounts counts(LinkMetrics link) {
    return new LinkCounts(
        link.getTotal(), link.getUnique(), link.getHumanTotal(), link.getHumanUnique());
  }
}
