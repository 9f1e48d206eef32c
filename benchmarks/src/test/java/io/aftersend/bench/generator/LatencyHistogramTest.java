package io.aftersend.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LatencyHistogramTest {
  private static final double MOST_ABOVE = 1.0 / 64;

  private final LatencyHistogram histogram = new LatencyHistogram();

  @Test
  void percentilesAreThoseOfTheSortedTimesRoundedUpByOneBucketAtMost() {
    Random random = new Random(3);
    long[] times = new long[10_000];
    for (int i = 0; i < times.length; i++) {
      times[i] = (long) Math.exp(random.nextDouble() * 25);
      histogram.record(times[i]);
    }
    Arrays.sort(times);

    for (double share : new double[] {0.001, 0.25, 0.5, 0.9, 0.99, 0.999, 1}) {
      long exact = times[(int) Math.ceil(share * times.length) - 1];
      assertThat(histogram.percentile(share))
          .as("percentile %s", share)
          .isBetween(exact, exact + (long) (exact * MOST_ABOVE));
    }
  }

  @Test
  void longestTimeIsExact() {
    histogram.record(1_000_000_007);
    histogram.record(5);

    assertThat(histogram.max()).isEqualTo(1_000_000_007);
    assertThat(histogram.percentile(1)).isEqualTo(1_000_000_007);
    assertThat(histogram.percentile(0.5)).isEqualTo(5);
  }

  @Test
  void clearedHistogramIsEmpty() {
    histogram.record(5);
    histogram.clear();

    assertThat(histogram.total()).isZero();
    assertThat(histogram.percentile(0.99)).isZero();
  }
}
