package io.aftersend.standalone.accounting;

import static io.aftersend.standalone.accounting.Lanes.NOW;
import static io.aftersend.standalone.accounting.Lanes.balanced;
import static io.aftersend.standalone.accounting.Lanes.lane;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.query.accounting.LaneBalance;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlingTest {
  private static final List<LaneBalance> ON_THE_WAY = List.of(balanced(0), lane(1, NOW, 2, 0, 90L));
  private static final List<LaneBalance> ARRIVED = List.of(balanced(0), balanced(1));

  private Duration waited = Duration.ZERO;

  /// The last answer stands.
  private List<LaneBalance> settle(Duration longest, List<List<LaneBalance>> answers)
      throws InterruptedException {
    Deque<List<LaneBalance>> left = new ArrayDeque<>(answers);
    Settling settling =
        new Settling(
            () -> left.size() > 1 ? left.pop() : left.getFirst(),
            time -> waited = waited.plus(time));
    return settling.lanes(longest);
  }

  @Test
  void endsAsSoonAsAllBalances() throws InterruptedException {
    assertThat(settle(Duration.ofSeconds(10), List.of(ON_THE_WAY, ON_THE_WAY, ARRIVED)))
        .isEqualTo(ARRIVED);
    assertThat(waited).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void waitsForAFirstLane() throws InterruptedException {
    assertThat(settle(Duration.ofSeconds(10), List.of(List.of(), ARRIVED))).isEqualTo(ARRIVED);
  }

  @Test
  void givesUpAtTheLongestWait() throws InterruptedException {
    assertThat(settle(Duration.ofSeconds(3), List.of(ON_THE_WAY))).isEqualTo(ON_THE_WAY);
    assertThat(waited).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void asksOnceWithoutAWait() throws InterruptedException {
    assertThat(settle(Duration.ZERO, List.of(ON_THE_WAY, ARRIVED))).isEqualTo(ON_THE_WAY);
    assertThat(waited).isZero();
  }
}
