package io.aftersend.standalone.stack;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Pieces of work done side by side.
final class Together {
  private Together() {}

  /// A piece of work.
  interface Work {
    void run() throws InterruptedException;
  }

  /// Runs all and waits for all of them; so whatever they started is known when this returns.
  ///
  /// @param threadName beginning of the threads' names
  /// @throws RuntimeException the first piece's that failed
  static void run(String threadName, Work... works) throws InterruptedException {
    ExecutorService threads =
        Executors.newFixedThreadPool(
            works.length, Thread.ofPlatform().daemon().name(threadName, 0).factory());
    try {
      List<Future<?>> futures = new ArrayList<>();
      Arrays.stream(works).forEach(work -> futures.add(threads.submit(() -> call(work))));
      ExecutionException first = null;
      for (Future<?> future : futures) {
        try {
          future.get();
        } catch (ExecutionException e) {
          first = first == null ? e : first;
        }
      }
      if (first != null) {
        throwCause(first);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Void call(Work work) throws InterruptedException {
    work.run();
    return null;
  }

  private static void throwCause(ExecutionException e) {
    Throwable cause = e.getCause();
    if (cause instanceof RuntimeException known) {
      throw known;
    }
    if (cause instanceof Error error) {
      throw error;
    }
    throw new IllegalStateException("expected to be started", cause);
  }
}
