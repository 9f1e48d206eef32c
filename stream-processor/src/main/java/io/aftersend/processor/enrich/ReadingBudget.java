package io.aftersend.processor.enrich;

import java.time.Duration;
import java.util.function.LongSupplier;

/// The time that may be spent on reading agents that never came before, by all threads together: a
/// quarter of the time that passes, and some seconds saved up for the first agents after a start. A
/// flood of invented agents takes no more than that from counting. Safe for any thread.
final class ReadingBudget {
  private static final int SHARE = 4;
  private static final long SAVED_NS = Duration.ofSeconds(5).toNanos();

  private final LongSupplier clockNs;
  private long roomNs = SAVED_NS;
  private long lastNs;

  ReadingBudget(LongSupplier clockNs) {
    this.clockNs = clockNs;
    this.lastNs = clockNs.getAsLong();
  }

  synchronized boolean hasRoom() {
    long nowNs = clockNs.getAsLong();
    roomNs = Math.min(SAVED_NS, roomNs + (nowNs - lastNs) / SHARE);
    lastNs = nowNs;
    return roomNs > 0;
  }

  synchronized void spend(long durationNs) {
    roomNs -= durationNs;
  }
}
