package io.aftersend.bench.generator;

import java.time.Duration;
import java.util.Arrays;

/// The latencies of one run, as a whole and by quarter second. Recording allocates nothing. For one
/// thread.
final class Latencies {
  private static final long WINDOW_NS = Duration.ofMillis(250).toNanos();

  private final LatencyHistogram all = new LatencyHistogram();
  private final LatencyHistogram window = new LatencyHistogram();
  private final long[] p99ByWindow;
  private int windows;
  private long windowEndNs;

  /// @param fromNs requests that were due before this moment are left out
  Latencies(long fromNs, Duration longest) {
    windowEndNs = fromNs + WINDOW_NS;
    p99ByWindow = new long[Math.toIntExact(longest.toNanos() / WINDOW_NS) + 1];
  }

  void record(long dueNs, long answeredNs) {
    if (dueNs - windowEndNs >= 0) {
      endWindow(dueNs);
    }
    if (dueNs - windowEndNs + WINDOW_NS >= 0) {
      all.record(answeredNs - dueNs);
      window.record(answeredNs - dueNs);
    }
  }

  private void endWindow(long nowNs) {
    if (window.total() > 0 && windows < p99ByWindow.length) {
      p99ByWindow[windows++] = window.percentile(0.99);
    }
    window.clear();
    while (nowNs - windowEndNs >= 0) {
      windowEndNs += WINDOW_NS;
    }
  }

  LatencyHistogram all() {
    return all;
  }

  /// The median of the windows' 99th percentiles; that of all when the run had no whole window.
  long usualP99() {
    if (windows == 0) {
      return all.percentile(0.99);
    }
    long[] sorted = Arrays.copyOf(p99ByWindow, windows);
    Arrays.sort(sorted);
    return sorted[windows / 2];
  }
}
