package io.aftersend.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void batchesAreSmallEnoughToSpreadOverASecond() {
    assertThat(new Pace(Double.POSITIVE_INFINITY, () -> 0).batchSize(2_000)).isEqualTo(2_000);
    assertThat(new Pace(100, () -> 0).batchSize(2_000)).isEqualTo(50);
    assertThat(new Pace(0.5, () -> 0).batchSize(2_000)).isEqualTo(1);
  }

  @Test
  void eventsBeyondTheRateWaitForTheirTurn() {
    Pace pace = new Pace(1_000, () -> 5_000_000_000L);

    assertThat(pace.reserveNs(100)).isZero();
    assertThat(pace.reserveNs(1)).isEqualTo(100_000_000L);
  }

  @Test
  void noRateNeverWaits() {
    Pace pace = new Pace(Double.POSITIVE_INFINITY, () -> 0);

    pace.reserveNs(1_000_000);

    assertThat(pace.reserveNs(1)).isZero();
  }
}
