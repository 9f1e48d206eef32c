package io.aftersend.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LatenciesTest {
  private static final long MS = 1_000_000;
  private static final long START = 5_000 * MS;

  private final Latencies latencies = new Latencies(START, Duration.ofSeconds(2));

  /// One answer a millisecond.
  private void record(long fromMs, long toMs, long latencyNs) {
    for (long ms = fromMs; ms < toMs; ms++) {
      latencies.record(START + ms * MS, START + ms * MS + latencyNs);
    }
  }

  @Test
  void pauseInOneQuarterSecondLeavesTheUsualPercentileAlone() {
    record(0, 500, 50);
    record(500, 600, 30 * MS);
    record(600, 2_000, 50);

    assertThat(latencies.usualP99()).isEqualTo(50);
    assertThat(latencies.all().percentile(0.99)).isEqualTo(30 * MS);
  }

  @Test
  void slownessOfMostQuarterSecondsIsUsual() {
    record(0, 400, 50);
    record(400, 2_000, 60);

    assertThat(latencies.usualP99()).isEqualTo(60);
  }

  @Test
  void requestsOfTheFirstMomentsAreLeftOut() {
    record(-300, 0, 30 * MS);
    record(0, 300, 50);

    assertThat(latencies.all().total()).isEqualTo(300);
    assertThat(latencies.all().max()).isEqualTo(50);
  }

  @Test
  void quarterSecondsWithoutRequestsCountForNothing() {
    record(0, 250, 60);
    record(1_000, 1_260, 60);

    assertThat(latencies.usualP99()).isEqualTo(60);
  }
}
