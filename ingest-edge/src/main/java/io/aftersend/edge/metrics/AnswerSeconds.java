package io.aftersend.edge.metrics;

import io.aftersend.edge.http.AnswerTimes;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/// The histogram of the time from reading a request to its answer, of all event loops. Buckets are
/// log-linear: each power of two of nanoseconds from about a microsecond to about a second begins
/// two of equal width.
final class AnswerSeconds implements Collector {
  private static final String HELP =
      "Time from beginning to read a request to its answer being ready to be sent.";
  private static final String NAME = "aftersend_edge_answer_seconds";
  private static final int FIRST_EXPONENT = 10;
  private static final int LAST_EXPONENT = 30;

  /// The last one holds what takes longer than all bounds.
  private static final int BUCKETS = 2 * (LAST_EXPONENT - FIRST_EXPONENT) + 2;

  private final List<LoopTimes> parts = new CopyOnWriteArrayList<>();

  /// The histogram of one more event loop.
  AnswerTimes newPart() {
    LoopTimes part = new LoopTimes();
    parts.add(part);
    return part;
  }

  @Override
  public MetricSnapshot collect() {
    double[] bounds = new double[BUCKETS];
    long[] counts = new long[BUCKETS];
    long sumNs = 0;
    for (int i = 0; i < BUCKETS; i++) {
      bounds[i] = i == BUCKETS - 1 ? Double.POSITIVE_INFINITY : upperBoundNs(i) / 1e9;
      for (LoopTimes part : parts) {
        counts[i] += part.counts.getOpaque(i);
      }
    }
    for (LoopTimes part : parts) {
      sumNs += part.sumNs.getOpaque();
    }
    return HistogramSnapshot.builder()
        .name(NAME)
        .help(HELP)
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(sumNs / 1e9)
                .build())
        .build();
  }

  /// The greatest time that belongs to a bucket: 1, 1.5, 2, 3, 4, 6, … times the first.
  static long upperBoundNs(int bucket) {
    long power = 1L << (FIRST_EXPONENT + bucket / 2);
    return bucket % 2 == 0 ? power : power + power / 2;
  }

  static int bucketOf(long ns) {
    long below = ns - 1;
    if (below < 1L << FIRST_EXPONENT) {
      return 0;
    }
    int exponent = Long.SIZE - 1 - Long.numberOfLeadingZeros(below);
    int half = (int) (below >>> (exponent - 1)) & 1;
    return Math.min(2 * (exponent - FIRST_EXPONENT) + half + 1, BUCKETS - 1);
  }

  /// Written by its event loop alone.
  private static final class LoopTimes implements AnswerTimes {
    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);
    private final AtomicLong sumNs = new AtomicLong();

    @Override
    public void answered(int count, long tookNs) {
      int bucket = bucketOf(tookNs);
      counts.setOpaque(bucket, counts.getPlain(bucket) + count);
      sumNs.setOpaque(sumNs.getPlain() + count * tookNs);
    }
  }
}
