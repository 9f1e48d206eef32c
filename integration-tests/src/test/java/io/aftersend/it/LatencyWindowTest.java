package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class LatencyWindowTest {
  @Test
  void quantilesAreRightToTwoPercentAtEveryScale() {
    for (long scale : new long[] {1, 1_000, 1_000_000, 60_000_000}) {
      LatencyWindow window = new LatencyWindow();
      for (int i = 1; i <= 1_000; i++) {
        window.add(i * scale);
      }

      assertThat(window.count()).isEqualTo(1_000);
      assertThat(window.quantile(0.5).toNanos()).isCloseTo(500 * scale, withinPercentage(2));
      assertThat(window.quantile(0.99).toNanos()).isCloseTo(990 * scale, withinPercentage(2));
    }
  }

  @Test
  void oneSlowAnswerIsTheLastQuantileAlone() {
    LatencyWindow window = new LatencyWindow();
    for (int i = 0; i < 999; i++) {
      window.add(1_000);
    }
    window.add(5_000_000_000L);

    assertThat(window.quantile(0.999).toNanos()).isCloseTo(1_000, withinPercentage(2));
    assertThat(window.quantile(1).toNanos()).isCloseTo(5_000_000_000L, withinPercentage(2));
  }

  @Test
  void windowWithoutAnswersHasNoQuantile() {
    LatencyWindow window = new LatencyWindow();

    assertThatThrownBy(() -> window.quantile(0.99))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("no answer");
  }
}
