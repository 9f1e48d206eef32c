package io.aftersend.standalone.demo;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// An upper bound on how many events go out in a second. Thread-safe.
final class Pace {
  private final double perSecond;
  private final LongSupplier nanoTime;
  private double nextFreeNs;

  /// @param perSecond infinite for no bound
  Pace(double perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond;
    this.nanoTime = nanoTime;
    this.nextFreeNs = nanoTime.getAsLong();
  }

  /// The largest batch that still spreads over a second's share.
  int batchSize(int atMost) {
    return (int) Math.clamp(perSecond / 2, 1, atMost);
  }

  /// Waits until so many events may go out.
  void await(int events) throws InterruptedException {
    long waitNs = reserveNs(events);
    if (waitNs > 0) {
      TimeUnit.NANOSECONDS.sleep(waitNs);
    }
  }

  synchronized long reserveNs(int events) {
    double nowNs = nanoTime.getAsLong();
    double startNs = Math.max(nowNs, nextFreeNs);
    nextFreeNs = startNs + events * 1e9 / perSecond;
    return (long) (startNs - nowNs);
  }
}
