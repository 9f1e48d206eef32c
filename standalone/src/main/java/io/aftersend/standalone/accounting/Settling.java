package io.aftersend.standalone.accounting;

import io.aftersend.query.accounting.AccountingReadModel;
import io.aftersend.query.accounting.LaneBalance;
import java.time.Duration;
import java.util.List;

/// The wait until what is on its way has arrived: both stages speak only from time to time, and
/// what they say needs a moment to become rows.
public final class Settling {
  private static final Duration STEP = Duration.ofMillis(500);

  private final AccountingReadModel accounting;
  private final Pause pause;

  /// A wait for some time.
  @FunctionalInterface
  public interface Pause {
    void await(Duration time) throws InterruptedException;
  }

  public Settling(AccountingReadModel accounting, Pause pause) {
    this.accounting = accounting;
    this.pause = pause;
  }

  /// The lanes as soon as all of them balance, or as they are after the longest wait.
  public List<LaneBalance> lanes(Duration longest) throws InterruptedException {
    List<LaneBalance> lanes = accounting.lanes();
    for (Duration waited = Duration.ZERO;
        !isSettled(lanes) && waited.compareTo(longest) < 0;
        waited = waited.plus(STEP)) {
      pause.await(STEP);
      lanes = accounting.lanes();
    }
    return lanes;
  }

  private static boolean isSettled(List<LaneBalance> lanes) {
    return !lanes.isEmpty() && lanes.stream().allMatch(LaneBalance::isBalanced);
  }
}
