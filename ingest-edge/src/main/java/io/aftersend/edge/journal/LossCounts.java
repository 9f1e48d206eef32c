package io.aftersend.edge.journal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.IntToLongFunction;

/// The records that a lane has lost, by outcome: all of them, and those that stand in no segment
/// yet. Written by the lane's writer alone.
final class LossCounts {
  /// Holds the text of all outcomes with counts of any size.
  static final int MAX_TEXT_BYTES = 224;

  private static final AppendOutcome[] OUTCOMES = AppendOutcome.values();

  private final AtomicLongArray all = new AtomicLongArray(OUTCOMES.length);
  private final long[] unwritten = new long[OUTCOMES.length];
  private boolean hasUnwritten;

  void add(AppendOutcome outcome) {
    int at = index(outcome);
    unwritten[at]++;
    hasUnwritten = true;
    all.lazySet(at, all.get(at) + 1);
  }

  boolean hasUnwritten() {
    return hasUnwritten;
  }

  /// The losses that stand in no segment yet.
  Losses unwritten() {
    return losses(at -> unwritten[at]);
  }

  /// What [#unwritten()] gave stands in a segment now.
  void wroteThem() {
    Arrays.fill(unwritten, 0);
    hasUnwritten = false;
  }

  /// All losses since the lane began. For any thread.
  Losses all() {
    return losses(all::get);
  }

  private static Losses losses(IntToLongFunction counts) {
    Losses losses = Losses.NONE;
    for (AppendOutcome outcome : OUTCOMES) {
      losses = losses.plus(Losses.of(outcome.wireName(), counts.applyAsLong(index(outcome))));
    }
    return losses;
  }

  @SuppressWarnings("EnumOrdinal") // An array stands for a map on the hot path.
  private static int index(AppendOutcome outcome) {
    return outcome.ordinal();
  }
}
