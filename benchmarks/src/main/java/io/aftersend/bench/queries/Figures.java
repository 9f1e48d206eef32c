package io.aftersend.bench.queries;

import java.util.Arrays;
import java.util.concurrent.Callable;

/// How long the rounds of one question took.
///
/// @param p50Ms the median
/// @param p95Ms the 95th percentile; of fewer than 20 rounds the longest
/// @param rowsRead by the engine in the last round; negative where that is not known
record Figures(double p50Ms, double p95Ms, long rowsRead) {
  private static final double NS_PER_MS = 1e6;

  /// Asks once to warm up, then as often as told.
  ///
  /// @param question returns the rows read
  static Figures of(int rounds, Callable<Long> question) throws Exception {
    long rowsRead = question.call();
    long[] tookNs = new long[rounds];
    for (int round = 0; round < rounds; round++) {
      long startNs = System.nanoTime();
      rowsRead = question.call();
      tookNs[round] = System.nanoTime() - startNs;
    }
    return of(tookNs, rowsRead);
  }

  static Figures of(long[] tookNs, long rowsRead) {
    long[] sorted = tookNs.clone();
    Arrays.sort(sorted);
    return new Figures(percentileMs(sorted, 0.50), percentileMs(sorted, 0.95), rowsRead);
  }

  /// Nearest rank: the least value that so large a share does not exceed.
  private static double percentileMs(long[] sorted, double share) {
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(1, rank) - 1] / NS_PER_MS;
  }
}
