package io.aftersend.query.clickhouse;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A thread that asks the database for a sign of life every few seconds, so that readiness is known
/// without waiting, and comes back without traffic.
public final class ClickHouseProbe implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClickHouseProbe.class);
  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final ClickHouse clickHouse;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ClickHouseProbe(ClickHouse clickHouse) {
    this.clickHouse = clickHouse;
  }

  /// Asks at once, on the probe's own thread, and from then on.
  public static ClickHouseProbe start(ClickHouse clickHouse) {
    ClickHouseProbe probe = new ClickHouseProbe(clickHouse);
    Thread.ofPlatform().daemon().name("clickhouse-probe").start(probe::run);
    return probe;
  }

  /// Ends the thread soon. Further calls do nothing.
  @Override
  public void close() {
    closed.countDown();
  }

  private void run() {
    try {
      do {
        clickHouse.probe();
      } while (!closed.await(INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      log.warn("the probe was interrupted: readiness no longer follows ClickHouse");
    }
  }
}
