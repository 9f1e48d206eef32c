package io.aftersend.edge.post;

import io.aftersend.edge.append.LaneAppender;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// The threads that parse bodies, apart from the event loops, each with a lane of its own. Their
/// queue is bounded.
public final class PostWorkers implements AutoCloseable {
  private static final Duration END_TIMEOUT = Duration.ofSeconds(2);

  private final ThreadPoolExecutor threads;
  private final AtomicInteger started = new AtomicInteger();

  /// @param lanes makes the lane of the worker of that number
  public PostWorkers(int count, int queueCapacity, IntFunction<LaneAppender> lanes) {
    threads =
        new ThreadPoolExecutor(
            count,
            count,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(queueCapacity),
            work -> {
              int number = started.getAndIncrement();
              return new Worker(work, "edge-post-" + number, lanes.apply(number));
            });
  }

  /// Work that is given the lane of the thread that it runs on.
  interface Work {
    void run(LaneAppender lane);
  }

  /// Runs the work on some worker, now or when one is free.
  ///
  /// @return false when all are busy and the queue is full
  boolean tryExecute(Work work) {
    try {
      threads.execute(() -> work.run(((Worker) Thread.currentThread()).lane));
      return true;
    } catch (RejectedExecutionException e) {
      return false;
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

  private static final class Worker extends Thread {
    final LaneAppender lane;

    Worker(Runnable work, String name, LaneAppender lane) {
      super(work, name);
      this.lane = lane;
    }
  }
}
