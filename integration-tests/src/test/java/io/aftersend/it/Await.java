package io.aftersend.it;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// Waits for something that other processes bring about, up to a deadline.
public final class Await {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private Await() {}

  /// Runs the assertions again and again until they hold; throws their last failure at the
  /// deadline.
  public static void untilAsserted(Duration deadline, Callable<?> assertions) {
    long endNs = System.nanoTime() + deadline.toNanos();
    Throwable failure = failureOf(assertions);
    while (failure != null) {
      if (System.nanoTime() > endNs) {
        throw new AssertionError("not within " + deadline + ": " + failure.getMessage(), failure);
      }
      LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      failure = failureOf(assertions);
    }
  }

  private static @Nullable Throwable failureOf(Callable<?> assertions) {
    try {
      assertions.call();
      return null;
    } catch (Exception | AssertionError e) {
      return e;
    }
  }
}
