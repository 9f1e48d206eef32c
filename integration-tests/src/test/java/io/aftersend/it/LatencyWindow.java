package io.aftersend.it;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

/// How long the answers within a span of time took, to within one part in 64. Safe for any thread.
final class LatencyWindow {
  private static final int STEPS_BITS = 6;
  private static final int STEPS = 1 << STEPS_BITS;

  private final AtomicLongArray counts = new AtomicLongArray(STEPS * Long.SIZE);

  void add(long latencyNs) {
    counts.incrementAndGet(index(Math.max(latencyNs, 0)));
  }

  long count() {
    long count = 0;
    for (int i = 0; i < counts.length(); i++) {
      count += counts.get(i);
    }
    return count;
  }

  /// The time within which that share of the answers came.
  Duration quantile(double share) {
    long wanted = (long) Math.ceil(share * count());
    long seen = 0;
    for (int i = 0; i < counts.length(); i++) {
      seen += counts.get(i);
      if (seen >= wanted && seen > 0) {
        return Duration.ofNanos(lowest(i + 1));
      }
    }
    throw new IllegalStateException("no answer came within the window");
  }

  /// Exact below [#STEPS]; above it the leading bit and the bits behind it.
  private static int index(long value) {
    if (value < STEPS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - Long.numberOfLeadingZeros(value) - STEPS_BITS;
    return (shift + 1) * STEPS + (int) ((value >>> shift) - STEPS);
  }

  private static long lowest(int index) {
    if (index < STEPS) {
      return index;
    }
    int shift = index / STEPS - 1;
    return (long) (STEPS + index % STEPS) << shift;
  }
}
