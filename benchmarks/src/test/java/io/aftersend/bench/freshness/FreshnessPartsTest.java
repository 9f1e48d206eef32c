package io.aftersend.bench.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreshnessPartsTest {
  @Test
  void timesAreTheMedianTheNinetyFifthOfAHundredAndTheLongest() {
    List<Double> tookMs = IntStream.rangeClosed(1, 100).mapToObj(ms -> (double) ms).toList();

    assertThat(Probes.describe(tookMs.reversed()))
        .isEqualTo("p50 50 ms, p95 95 ms, longest 100 ms (100 hits)");
    assertThat(Probes.describe(List.of(1_234.4)))
        .isEqualTo("p50 1,234 ms, p95 1,234 ms, longest 1,234 ms (1 hits)");
  }
}
