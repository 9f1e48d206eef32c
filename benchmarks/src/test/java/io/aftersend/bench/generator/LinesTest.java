package io.aftersend.bench.generator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class LinesTest {
  @Test
  void orderSurvivesItsLine() {
    LoadOrder order =
        new LoadOrder(8080, 64, 40_000, Duration.ofSeconds(4), Duration.ofMillis(300), -1, true);

    assertThat(LoadOrder.ofLine(order.toLine())).isEqualTo(order);
  }

  @Test
  void resultSurvivesItsLine() {
    LoadResult result = new LoadResult(1, 2, 3, 4, 5, 6, 7, 8, 9);

    assertThat(LoadResult.ofLine(result.toLine())).isEqualTo(result);
  }

  @Test
  void lineWithAFieldTooFewIsRefused() {
    assertThatThrownBy(() -> LoadOrder.ofLine("8080 64 40000 4000 300"))
        .hasMessageContaining("expected an order of 7 fields");
    assertThatThrownBy(() -> LoadResult.ofLine("1 2 3"))
        .hasMessageContaining("expected a result of 9 numbers");
  }
}
