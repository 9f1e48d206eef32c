package io.aftersend.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ShrinkingTest {
  private static final List<Integer> NUMBERS = IntStream.range(0, 1_000).boxed().toList();

  @Test
  void keepsWhatFailsTogetherInItsOrder() {
    List<Integer> culprits = List.of(17, 500, 501, 999);

    assertThat(Shrinking.shrink(NUMBERS, list -> list.containsAll(culprits))).isEqualTo(culprits);
  }

  @Test
  void findsOneElementAmongMany() {
    assertThat(Shrinking.shrink(NUMBERS, list -> list.contains(731))).containsExactly(731);
  }

  @Test
  void leavesWhatFailsOnlyAsAWhole() {
    assertThat(Shrinking.shrink(NUMBERS.subList(0, 50), list -> list.size() == 50)).hasSize(50);
  }
}
