package io.aftersend.edge.post;

import io.aftersend.edge.append.LaneAppender;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// The threads that parse bodies, apart from the event loops, and as many lanes, each with one of
/// them at a time. Their queue is bounded.
public final class PostWorkers implements AutoCloseable {
  private static final Duration END_TIMEOUT = Duration.ofSeconds(2);

  private final ThreadPoolExecutor threads;
  private final AtomicInteger started = new AtomicInteger();

  /// Lanes that nobody uses: at least one whenever work begins, since there are as many lanes as
  /// threads, and each is given back, also by a thread that dies of its work.
  private final Queue<LaneAppender> lanes = new ConcurrentLinkedQueue<>();

  /// @param makeLane makes the lane of that number; called `count` times, now
  public PostWorkers(int count, int queueCapacity, IntFunction<LaneAppender> makeLane) {
    for (int i = 0; i < count; i++) {
      lanes.add(makeLane.apply(i));
    }
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueCapacity),
            work -> new Thread(work, "edge-post-" + started.getAndIncrement()));
  }

  /// Work that is given a lane for as long as it runs.
  interface Work {
    void run(LaneAppender lane);
  }

  /// Runs the work on some worker, now or when one is free.
  ///
  /// @return false when all are busy and the queue is full
  boolean tryExecute(Work work) {
    try {
      threads.execute(() -> run(work));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
    }
  }

  private void run(Work work) {
    LaneAppender lane = lanes.remove();
    try {
      work.run(lane);
    } finally {
      lanes.add(lane);
    }
  }

  /// Bodies that wait for a worker.
  public int waiting() {
    return threads.getQueue().size();
  }

  /// Takes no more work and ends what is under way, within a bounded time.
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(END_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
