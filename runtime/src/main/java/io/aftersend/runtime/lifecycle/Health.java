package io.aftersend.runtime.lifecycle;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// What a service knows about its own state: the stage of its life and its named checks.
///
/// Safe for any thread. Checks run on the thread that asks, so they answer from memory and never
/// wait.
public final class Health {
  /// One thing that must be right for the service to get work.
  @FunctionalInterface
  public interface Check {
    /// What is wrong, in one line; null while all is well. Answers from memory.
    @Nullable String problem();
  }

  private final AtomicReference<LifecycleState> state =
      new AtomicReference<>(LifecycleState.STARTING);
  private final Map<String, Check> checks = new ConcurrentSkipListMap<>();

  /// The present stage.
  public LifecycleState state() {
    return state.get();
  }

  /// Moves forward to `next`. A move backwards changes nothing, so that a start that completes
  /// after the drain has begun does not call the service ready again.
  ///
  /// @return whether the state is `next` now
  public boolean moveTo(LifecycleState next) {
    return state.updateAndGet(now -> next.compareTo(now) > 0 ? next : now) == next;
  }

  /// Adds a check under a name that no other check has.
  ///
  /// @throws IllegalArgumentException when the name is taken
  public void addCheck(String name, Check check) {
    if (checks.putIfAbsent(name, check) != null) {
      throw new IllegalArgumentException("there is already a check named " + name);
    }
  }

  /// What is wrong now, by name of the check, in the order of the names; a check that throws is a
  /// problem of its own.
  public Map<String, String> problems() {
    Map<String, String> problems = new LinkedHashMap<>();
    checks.forEach(
        (name, check) -> {
          String problem = ask(check);
          if (problem != null) {
            problems.put(name, problem);
          }
        });
    return Collections.unmodifiableMap(problems);
  }

  private static @Nullable String ask(Check check) {
    try {
      return check.problem();
    } catch (RuntimeException e) {
      return "the check itself failed: " + e;
    }
  }
}
