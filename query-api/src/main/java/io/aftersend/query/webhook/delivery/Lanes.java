package io.aftersend.query.webhook.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deliveries side by side, but those of the same order one after the other. For one thread.
final class Lanes implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Lanes.class);

  /// How many a receiver gets at a time: enough to hide the way there and back, few enough for a
  /// small one.
  private static final int WIDTH = 8;

  private static final Duration BETWEEN_TICKS = Duration.ofSeconds(1);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(3);

  private final ExecutorService threads;

  /// The delivery of one, until it is dealt with.
  @FunctionalInterface
  interface Trial {
    void run(Delivery delivery) throws InterruptedException;
  }

  Lanes(String name) {
    threads = Executors.newFixedThreadPool(WIDTH, Thread.ofVirtual().name(name, 0).factory());
  }

  /// Returns when all have been dealt with.
  ///
  /// @param deliveries in the order of each partition
  /// @param tick called every second meanwhile
  /// @throws InterruptedException when the caller was interrupted; some are not dealt with then
  /// @throws IllegalStateException when a lane failed; some are not dealt with then
  void deliver(List<Delivery> deliveries, Trial trial, Runnable tick) throws InterruptedException {
    Map<String, List<Delivery>> lanes = new LinkedHashMap<>();
    for (Delivery delivery : deliveries) {
      lanes.computeIfAbsent(delivery.order(), _ -> new ArrayList<>()).add(delivery);
    }
    CountDownLatch open = new CountDownLatch(lanes.size());
    AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    for (List<Delivery> lane : lanes.values()) {
      threads.execute(() -> run(lane, trial, open, failure));
    }
    while (!open.await(BETWEEN_TICKS.toMillis(), TimeUnit.MILLISECONDS)) {
      RuntimeException failed = failure.get();
      if (failed != null) {
        throw new IllegalStateException("a lane of deliveries failed", failed);
      }
      tick.run();
    }
  }

  /// A lane that fails leaves the latch closed: what is not dealt with is never passed over.
  private static void run(
      List<Delivery> lane,
      Trial trial,
      CountDownLatch open,
      AtomicReference<@Nullable RuntimeException> failure) {
    try {
      for (Delivery delivery : lane) {
        trial.run(delivery);
      }
      open.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.set(e);
    }
  }

  /// Interrupts what goes on and waits for it to end, for some seconds.
  @Override
  public void close() {
    threads.shutdownNow();
    boolean wasInterrupted = Thread.interrupted();
    try {
      if (!threads.awaitTermination(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        log.error("Deliveries did not end within {}", STOP_TIMEOUT);
      }
    } catch (InterruptedException e) {
      wasInterrupted = true;
    }
    if (wasInterrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
