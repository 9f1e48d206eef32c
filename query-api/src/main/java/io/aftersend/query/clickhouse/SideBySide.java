package io.aftersend.query.clickhouse;

import io.aftersend.query.problem.Problem;
import io.aftersend.query.problem.ProblemException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Questions none of which needs another's answer: the slowest is waited for, not the sum. For one
/// thread, which closes it when it has its answers.
public final class SideBySide implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Begins to ask.
  ///
  /// @return waits for the answer, and throws what the question ended with
  public <T extends @Nullable Object> Supplier<T> ask(Supplier<T> question) {
    Future<T> asked = threads.submit(question::get);
    return () -> answerOf(asked);
  }

  private static <T extends @Nullable Object> T answerOf(Future<T> question) {
    try {
      return question.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProblemException(Problem.unavailable("the server is stopping"));
    }
  }

  /// Waits for those that are still asked.
  @Override
  public void close() {
    threads.close();
  }
}
