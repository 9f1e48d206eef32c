package io.aftersend.runtime.lifecycle;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The end of threads that services have for themselves.
public final class Threads {
  private static final Logger log = LoggerFactory.getLogger(Threads.class);

  private Threads() {}

  /// Waits until a thread that was told to end has ended; one that was never started has.
  public static void join(Thread thread, Duration timeout) {
    if (thread.getState() == Thread.State.NEW) {
      return;
    }
    try {
      if (!thread.join(timeout)) {
        log.error("The thread {} did not end within {}", thread.getName(), timeout);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
