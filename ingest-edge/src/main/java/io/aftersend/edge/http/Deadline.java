package io.aftersend.edge.http;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The moment by which a connection must have got further. Moving it later costs nothing: the timer
/// that stands looks again when it fires. Confined to its event loop.
final class Deadline {
  private final EventExecutor loop;
  private final Runnable onMissed;
  private @Nullable Future<?> timer;
  private long timerNs;
  private long atNs;
  private boolean isSet;

  Deadline(EventExecutor loop, Runnable onMissed) {
    this.loop = loop;
    this.onMissed = onMissed;
  }

  /// @param nowNs as of the loop's ticker
  void set(Duration fromNow, long nowNs) {
    atNs = nowNs + fromNow.toNanos();
    isSet = true;
    if (timer != null && timerNs - atNs > 0) {
      timer.cancel(false);
      timer = null;
    }
    if (timer == null) {
      schedule(fromNow.toNanos());
    }
  }

  /// Nothing is expected of the client for now.
  void clear() {
    isSet = false;
  }

  void cancel() {
    isSet = false;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void schedule(long delayNs) {
    timerNs = atNs;
    timer = loop.schedule(this::look, delayNs, TimeUnit.NANOSECONDS);
  }

  private void look() {
    timer = null;
    if (!isSet) {
      return;
    }
    long leftNs = atNs - loop.ticker().nanoTime();
    if (leftNs > 0) {
      schedule(leftNs);
    } else {
      isSet = false;
      onMissed.run();
    }
  }
}
