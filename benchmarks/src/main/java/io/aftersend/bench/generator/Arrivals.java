package io.aftersend.bench.generator;

import java.util.SplittableRandom;

/// The moments at which requests are due: a Poisson process, as hits of many independent people are.
/// Allocates nothing once made. For one thread.
final class Arrivals {
  private static final int GAPS = 1 << 16;
  private static final double NS_PER_SECOND = 1e9;

  private final long[] gapsNs = new long[GAPS];
  private int next;

  Arrivals(int ratePerSecond, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double meanNs = NS_PER_SECOND / ratePerSecond;
    for (int i = 0; i < GAPS; i++) {
      gapsNs[i] = Math.round(-Math.log(1 - random.nextDouble()) * meanNs);
    }
  }

  /// The time from one moment to the next.
  long nextGapNs() {
    return gapsNs[next++ & (GAPS - 1)];
  }
}
