package io.aftersend.edge.post;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RunningEdge;
import io.aftersend.edge.append.LaneAppender;
import io.aftersend.edge.hit.KeptRecords;
import io.aftersend.schemas.topic.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PostWorkersTest {
  private static final int WORKERS = 2;

  private final List<Integer> made = new ArrayList<>();

  private PostWorkers workers() {
    return new PostWorkers(
        WORKERS,
        16,
        number -> {
          made.add(number);
          return new LaneAppender(
              new KeptRecords("0123456789abcdef", number),
              Topics.withPrefix("").emailEvents(),
              Duration.ZERO);
        });
  }

  @Test
  void goesOnWithTheSameLanesThoughWorkersDie() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    CountDownLatch done = new CountDownLatch(1);
    try (PostWorkers workers = workers()) {
      for (int i = 0; i < 3 * WORKERS; i++) {
        assertThat(
                workers.tryExecute(
                    lane -> {
                      begun.incrementAndGet();
                      throw new StackOverflowError("a defect");
                    }))
            .isTrue();
      }
      RunningEdge.await(() -> begun.get() == 3 * WORKERS);
      assertThat(workers.tryExecute(lane -> done.countDown())).isTrue();
      done.await();
    }
    assertThat(made).containsExactly(0, 1);
  }

  @Test
  void givesEachLaneToOneAtATime() throws InterruptedException {
    Set<LaneAppender> used = ConcurrentHashMap.newKeySet();
    CountDownLatch both = new CountDownLatch(WORKERS);
    try (PostWorkers workers = workers()) {
      for (int i = 0; i < WORKERS; i++) {
        workers.tryExecute(
            lane -> {
              used.add(lane);
              both.countDown();
              awaitQuietly(both);
            });
      }
      both.await();
    }
    assertThat(used).hasSize(WORKERS);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
