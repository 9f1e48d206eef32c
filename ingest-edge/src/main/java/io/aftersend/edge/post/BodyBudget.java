package io.aftersend.edge.post;

import java.util.concurrent.atomic.AtomicLong;

/// The memory that all bodies under way may take together, in bytes. Safe for any thread.
public final class BodyBudget {
  private final long maxBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  public BodyBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Takes a share.
  ///
  /// @return false when there is not so much left; nothing is taken then
  boolean tryTake(int bytes) {
    if (usedBytes.addAndGet(bytes) <= maxBytes) {
      return true;
    }
    usedBytes.addAndGet(-bytes);
    return false;
  }

  void giveBack(int bytes) {
    usedBytes.addAndGet(-bytes);
  }

  /// What is taken now, in bytes.
  public long usedBytes() {
    return usedBytes.get();
  }
}
