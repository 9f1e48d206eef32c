package io.aftersend.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class KeyRateTest {
  private final AtomicLong nowNs = new AtomicLong(Long.MAX_VALUE - 5);

  private int taken(KeyRate rate, String key) {
    int taken = 0;
    while (rate.tryTake(key)) {
      taken++;
    }
    return taken;
  }

  @Test
  void allowsASecondsWorthAtOnceAndThenTheRate() {
    KeyRate rate = new KeyRate(10, nowNs::get);
    assertThat(taken(rate, "a")).isEqualTo(10);
    assertThat(taken(rate, "b")).isEqualTo(10);
    nowNs.addAndGet(Duration.ofMillis(99).toNanos());
    assertThat(taken(rate, "a")).isZero();
    nowNs.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(taken(rate, "a")).isEqualTo(1);
    nowNs.addAndGet(Duration.ofHours(1).toNanos());
    assertThat(taken(rate, "a")).isEqualTo(10);
  }

  @Test
  void sharesOneBucketAmongThreads() throws InterruptedException {
    KeyRate rate = new KeyRate(1_000, nowNs::get);
    AtomicInteger taken = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      Thread.ofPlatform()
          .start(
              () -> {
                taken.addAndGet(taken(rate, "a"));
                done.countDown();
              });
    }
    done.await();
    assertThat(taken).hasValue(1_000);
  }
}
