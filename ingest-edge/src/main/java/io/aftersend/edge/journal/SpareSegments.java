package io.aftersend.edge.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The empty segments that are ready for a lane: the allocator adds them, the lane's writer takes
/// them.
final class SpareSegments {
  private final Queue<Segment> ready = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();
  private volatile int wanted;

  void offer(Segment empty) {
    ready.add(empty);
    count.incrementAndGet();
  }

  @Nullable Segment take() {
    Segment taken = ready.poll();
    if (taken != null) {
      count.decrementAndGet();
    }
    return taken;
  }

  /// Never more than there are.
  int count() {
    return count.get();
  }

  /// Asks for so many; 0 leaves it to the allocator.
  void want(int segments) {
    wanted = segments;
  }

  int wanted() {
    return wanted;
  }
}
