package io.aftersend.query.settings;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Has changes of the same thing wait for each other within this process. Safe for any thread.
public final class OneAtATime {
  private static final int LOCKS = 64;

  private final List<ReentrantLock> locks =
      IntStream.range(0, LOCKS).mapToObj(i -> new ReentrantLock()).toList();

  /// Makes a change while no other one of that thing is being made.
  ///
  /// @param id what the thing is in its tenant; different ones seldom wait for each other
  public <T> T change(String tenant, String id, Supplier<T> change) {
    ReentrantLock lock = locks.get(Math.floorMod((tenant + "|" + id).hashCode(), LOCKS));
    lock.lock();
    try {
      return change.get();
    } finally {
      lock.unlock();
    }
  }
}
