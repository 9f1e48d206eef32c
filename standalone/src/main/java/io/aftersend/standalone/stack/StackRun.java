package io.aftersend.standalone.stack;

import io.aftersend.runtime.lifecycle.ShutdownSignal;
import io.aftersend.standalone.console.Surroundings;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// Everything on one machine from its start to its end.
public final class StackRun {
  private static final Duration LOOK_EVERY = Duration.ofMillis(250);
  private static final Duration LOOK_EVERY_AT_START = Duration.ofMillis(20);

  private final Map<String, String> values;
  private final RunningStack.Progress progress;
  private final Surroundings surroundings;

  /// A run that has not begun.
  ///
  /// @param values the configuration by whole key
  public StackRun(
      Map<String, String> values, RunningStack.Progress progress, Surroundings surroundings) {
    this.values = values;
    this.progress = progress;
    this.surroundings = surroundings;
  }

  /// Starts, prints the READY line, and runs until it is asked to stop or a part fails.
  ///
  /// @return the exit code: 0 after a requested stop, 1 where a part has failed
  /// @throws io.aftersend.runtime.lifecycle.StartupException when something cannot start
  public int until(ShutdownSignal shutdown) throws InterruptedException {
    RunningStack stack = start(shutdown);
    if (stack == null) {
      progress.step("stopped before all was ready");
      return 0;
    }
    String failure = null;
    try (stack) {
      surroundings.out().println(stack.fields().line());
      surroundings.out().flush();
      while (failure == null && !shutdown.await(LOOK_EVERY)) {
        failure = stack.failure();
      }
      progress.step(failure == null ? "stopping" : failure + "; stopping, see the log");
    }
    progress.step("stopped");
    return failure == null ? 0 : 1;
  }

  /// Starts on a thread of its own, so that a stop need not wait for the start to end.
  ///
  /// @return null when it was asked to stop before all was ready; then nothing is left running
  private @Nullable RunningStack start(ShutdownSignal shutdown) throws InterruptedException {
    CompletableFuture<RunningStack> outcome = new CompletableFuture<>();
    Thread starter = Thread.ofPlatform().name("start").start(() -> start(outcome));
    while (starter.isAlive()) {
      if (shutdown.await(LOOK_EVERY_AT_START)) {
        starter.interrupt();
        starter.join();
        if (!outcome.isCompletedExceptionally()) {
          outcome.join().close();
        }
        return null;
      }
    }
    try {
      return outcome.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException known) {
        throw known;
      }
      throw e;
    }
  }

  private void start(CompletableFuture<RunningStack> outcome) {
    try {
      outcome.complete(RunningStack.start(values, progress));
    } catch (Throwable e) {
      outcome.completeExceptionally(e);
    }
  }
}
