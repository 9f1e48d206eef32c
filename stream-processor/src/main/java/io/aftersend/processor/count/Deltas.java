package io.aftersend.processor.count;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/// How one event changes the counts of one campaign. Collects signed contributions; what adds up to
/// nothing is left out. For one thread.
final class Deltas {
  private final Map<String, Long> counters = new HashMap<>();
  private final Map<String, BigDecimal> revenue = new HashMap<>();
  private final Map<BucketKey, BucketCounts> buckets = new HashMap<>();

  /// Counts, or their change, of a bucket.
  ///
  /// @param first messages whose first human event lies in the bucket
  record BucketCounts(long total, long humanTotal, long first) {
    static final BucketCounts NONE = new BucketCounts(0, 0, 0);

    BucketCounts plus(BucketCounts other) {
      return new BucketCounts(
          total + other.total, humanTotal + other.humanTotal, first + other.first);
    }

    BucketCounts times(int sign) {
      return new BucketCounts(sign * total, sign * humanTotal, sign * first);
    }
  }

  void count(String counter, long change) {
    if (change != 0) {
      counters.merge(counter, change, Long::sum);
    }
  }

  void earn(String currency, BigDecimal change) {
    revenue.merge(currency, change, BigDecimal::add);
  }

  void fill(BucketKey bucket, BucketCounts change) {
    buckets.merge(bucket, change, BucketCounts::plus);
  }

  /// Never holds a zero.
  Map<String, Long> counters() {
    counters.values().removeIf(change -> change == 0);
    return counters;
  }

  /// Never holds a zero.
  Map<String, BigDecimal> revenue() {
    revenue.values().removeIf(change -> change.signum() == 0);
    return revenue;
  }

  /// Never holds a bucket without change.
  Map<BucketKey, BucketCounts> buckets() {
    buckets.values().removeIf(BucketCounts.NONE::equals);
    return buckets;
  }
}
