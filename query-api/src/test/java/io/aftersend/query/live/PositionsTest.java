package io.aftersend.query.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionsTest {
  @Test
  void readsWhatItWrote() {
    Positions positions = Positions.of(12, 0, 999_999_999_999_999_999L);
    assertThat(positions).hasToString("12.0.999999999999999999");
    assertThat(Positions.parse(positions.toString())).isEqualTo(positions);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "1.", ".1", "-1", "1,2", "1.2x", "1000000000000000000", "1..2"})
  void readsNothingElse(String text) {
    assertThat(Positions.parse(text)).isNull();
  }

  @Test
  void movesOnePartition() {
    assertThat(Positions.of(1, 2).with(1, 7)).isEqualTo(Positions.of(1, 7));
  }

  @Test
  void reachesWhereNoPartitionLiesBehind() {
    assertThat(Positions.of(3, 4).reach(Positions.of(3, 4))).isTrue();
    assertThat(Positions.of(9, 3).reach(Positions.of(3, 4))).isFalse();
    assertThat(Positions.of(3).reach(Positions.of(3, 1))).isFalse();
    assertThat(Positions.of(3, 1).reach(Positions.of(3))).isTrue();
  }

  @Test
  void takesTheLesserOfEachPartition() {
    assertThat(Positions.of(5, 2).atMost(Positions.of(3, 4))).isEqualTo(Positions.of(3, 2));
  }
}
