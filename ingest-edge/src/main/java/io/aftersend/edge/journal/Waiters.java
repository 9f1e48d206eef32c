package io.aftersend.edge.journal;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Those who wait until records of a lane are on the disk. The lane's writer adds them, the thread
/// that forces settles them.
final class Waiters {
  private static final Logger log = LoggerFactory.getLogger(Waiters.class);

  private final Queue<Waiting> waiting = new ConcurrentLinkedQueue<>();

  /// Where the records of the next one begin; the lane's beginning while there is no segment.
  private @Nullable Segment from;

  private long fromOffset = Segment.HEADER_BYTES;

  /// Records between two places, which may be in several segments.
  private record Waiting(Segment first, long begin, Segment last, long end, Durability durability) {
    /// Whether the disk has them or never will.
    boolean isDecided() {
      return last.durable() >= end || last.isFailed();
    }

    /// Segments are forced in their order, so that what was decided on the last one was decided on
    /// those before.
    boolean isDurable() {
      long at = begin;
      for (Segment each = first;
          each != null && !each.equals(last);
          each = each.next(), at = Segment.HEADER_BYTES) {
        if (each.written() > Math.max(at, each.durable())) {
          return false;
        }
      }
      return last.durable() >= end;
    }
  }

  /// The next one waits for what is written from here on. Only for the writer.
  void begin(@Nullable Segment at, long offset) {
    from = at;
    fromOffset = offset;
  }

  /// Waits for everything between the last place and this one. Only for the writer.
  ///
  /// @param first of the lane
  void add(Segment first, Segment last, long end, Durability durability) {
    waiting.add(new Waiting(from == null ? first : from, fromOffset, last, end, durability));
    begin(last, end);
  }

  /// Tells those whose records are on the disk, or never will be. Only for the thread that forces.
  void settle() {
    for (Waiting oldest = waiting.peek();
        oldest != null && oldest.isDecided();
        oldest = waiting.peek()) {
      waiting.poll();
      try {
        oldest.durability.settle(oldest.isDurable());
      } catch (RuntimeException e) {
        // Whoever waits must not end the thread that all others wait for.
        log.error("An answer could not be given once its records were decided", e);
      }
    }
  }
}
