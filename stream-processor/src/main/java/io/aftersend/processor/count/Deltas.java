package io.aftersend.processor.count;

import java.util.HashMap;
import java.util.Map;

/// How one event changes the counts of one campaign. Collects signed contributions; what adds up to
/// nothing is left out. For one thread.
final class Deltas {
  private final Map<Slice, CounterChange> slices = new HashMap<>();
  private final Map<BucketKey, BucketCounts> buckets = new HashMap<>();
  private final Map<LinkKey, LinkCounts> links = new HashMap<>();

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

  /// Counts, or their change, of a link.
  record LinkCounts(long total, long unique, long humanTotal, long humanUnique) {
    static final LinkCounts NONE = new LinkCounts(0, 0, 0, 0);

    LinkCounts plus(LinkCounts other) {
      return new LinkCounts(
          total + other.total,
          unique + other.unique,
          humanTotal + other.humanTotal,
          humanUnique + other.humanUnique);
    }

    LinkCounts times(int sign) {
      return new LinkCounts(sign * total, sign * unique, sign * humanTotal, sign * humanUnique);
    }
  }

  /// Takes the change of a slice that has none yet. It is not copied, and not to be added to.
  void change(Slice slice, CounterChange change) {
    slices.put(slice, change);
  }

  /// The change of a slice's counters, to be added to.
  CounterChange slice(Slice slice) {
    return slices.computeIfAbsent(slice, any -> new CounterChange());
  }

  void fill(BucketKey bucket, BucketCounts change) {
    buckets.merge(bucket, change, BucketCounts::plus);
  }

  void click(LinkKey link, LinkCounts change) {
    links.merge(link, change, LinkCounts::plus);
  }

  /// Never holds a slice without change.
  Map<Slice, CounterChange> slices() {
    slices.values().removeIf(CounterChange::isNothing);
    return slices;
  }

  /// Never holds a bucket without change.
  Map<BucketKey, BucketCounts> buckets() {
    buckets.values().removeIf(BucketCounts.NONE::equals);
    return buckets;
  }

  /// Never holds a link without change.
  Map<LinkKey, LinkCounts> links() {
    links.values().removeIf(LinkCounts.NONE::equals);
    return links;
  }
}
