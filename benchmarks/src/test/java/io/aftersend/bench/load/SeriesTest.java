package io.aftersend.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.aftersend.bench.generator.LoadResult;
import io.aftersend.bench.process.CpuUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SeriesTest {
  private final List<String> order = new ArrayList<>();

  /// Servers that are not there: only their turns matter.
  private static final List<String> NAMES = List.of("nginx", "edge");

  private Series series(int rounds) throws InterruptedException {
    return Series.of(
        NAMES,
        rounds,
        (server, round) -> {
          order.add(NAMES.get(server));
          return figures(server == 0 ? 10 + round : 2 * (10 + round));
        });
  }

  private static RunFigures figures(double userUs) {
    LoadResult load = new LoadResult(1_000, 0, 0, 1_000_000_000, 1, 1, 1, 1, 1);
    return new RunFigures(load, new CpuUse(userUs * 1e6, 0, Map.of()));
  }

  @Test
  void everyOtherRoundIsInReverseOrder() throws InterruptedException {
    Series _ = series(3);

    assertThat(order).containsExactly("nginx", "edge", "edge", "nginx", "nginx", "edge");
  }

  @Test
  void figuresBelongToTheirServerWhateverTheOrder() throws InterruptedException {
    Series series = series(3);

    assertThat(series.spread(0, RunFigures::userUs)).isEqualTo(new Spread(11, 10, 12));
    assertThat(series.spread(1, RunFigures::userUs)).isEqualTo(new Spread(22, 20, 24));
  }

  @Test
  void ratioIsTakenWithinEachRound() throws InterruptedException {
    assertThat(series(3).ratio(1, RunFigures::userUs)).isEqualTo(new Spread(2, 2, 2));
  }

  @Test
  void medianOfAnEvenNumberLiesBetweenTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0)).median()).isCloseTo(3, within(1e-9));
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 9.0)).toText(1)).isEqualTo("3.0 (1.0 to 9.0)");
  }

  @Test
  void noFiguresHaveNoMedian() {
    assertThatThrownBy(() -> Spread.of(List.of())).hasMessageContaining("at least one figure");
  }
}
