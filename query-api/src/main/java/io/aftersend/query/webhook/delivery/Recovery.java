package io.aftersend.query.webhook.delivery;

import java.time.Duration;

/// The waiting of deliveries between attempts. When a receiver takes one after having taken none
/// for long, nobody waits any longer. Safe for any thread.
final class Recovery {
  /// A receiver that took one a moment ago is not back: it refuses what waits.
  private static final Duration SILENCE = Duration.ofSeconds(10);

  private long lastTakenNs = System.nanoTime() - SILENCE.toNanos();
  private long recoveries;

  /// Notes that the receiver took a delivery.
  synchronized void took() {
    long nowNs = System.nanoTime();
    if (nowNs - lastTakenNs > SILENCE.toNanos()) {
      recoveries++;
      notifyAll();
    }
    lastTakenNs = nowNs;
  }

  /// Returns when the time is over or the receiver is back.
  synchronized void await(Duration wait) throws InterruptedException {
    long endNs = System.nanoTime() + wait.toNanos();
    long before = recoveries;
    long leftNs = wait.toNanos();
    while (leftNs > 0 && recoveries == before) {
      wait(leftNs / 1_000_000, (int) (leftNs % 1_000_000));
      leftNs = endNs - System.nanoTime();
    }
  }
}
