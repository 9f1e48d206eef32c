package io.aftersend.bench.generator;

import java.util.Arrays;

/// Counts of times in buckets that are at most one part in 64 wide. Recording allocates nothing.
/// For one thread.
public final class LatencyHistogram {
  private static final int SUB_BITS = 6;
  private static final int SUB_BUCKETS = 1 << SUB_BITS;

  private final long[] counts = new long[(Long.SIZE - SUB_BITS) << SUB_BITS];
  private long total;
  private long max;

  public void record(long ns) {
    long value = Math.max(0, ns);
    counts[bucket(value)]++;
    total++;
    max = Math.max(max, value);
  }

  public long total() {
    return total;
  }

  /// The longest time, exactly; 0 when there is none.
  public long max() {
    return max;
  }

  /// The time within which this share of all times lies, rounded up to the end of its bucket; 0
  /// when there is none.
  ///
  /// @param share such as 0.99
  public long percentile(double share) {
    long rank = Math.max(1, (long) Math.ceil(share * total));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(max, lastOf(i));
      }
    }
    return max;
  }

  public void clear() {
    Arrays.fill(counts, 0);
    total = 0;
    max = 0;
  }

  private static int bucket(long value) {
    if (value < SUB_BUCKETS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - SUB_BITS;
    return ((shift + 1) << SUB_BITS) + (int) (value >>> shift) - SUB_BUCKETS;
  }

  private static long lastOf(int bucket) {
    if (bucket < SUB_BUCKETS) {
      return bucket;
    }
    int shift = (bucket >>> SUB_BITS) - 1;
    long first = (long) (bucket & (SUB_BUCKETS - 1)) + SUB_BUCKETS;
    return ((first + 1) << shift) - 1;
  }
}
