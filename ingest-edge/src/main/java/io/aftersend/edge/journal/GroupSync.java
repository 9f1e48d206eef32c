package io.aftersend.edge.journal;

import io.aftersend.runtime.lifecycle.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that forces what the lanes have written to the disk, all lanes together, and ends the
/// mappings of segments that nobody needs any more.
final class GroupSync implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(GroupSync.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);

  /// Where nobody waits for a forced write this bounds how long records are only in memory.
  private static final long IDLE_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(50);

  private final SegmentDisk disk;
  private final long intervalNs;
  private final Thread thread = new Thread(this::run, "edge-journal-sync");
  private final Queue<Released> released = new ConcurrentLinkedQueue<>();
  private final Deque<Released> mapped = new ArrayDeque<>();
  private final LongAdder failures = new LongAdder();

  private List<SyncPoint> points = List.of();
  private volatile boolean isClosed;

  /// @param interval zero: as soon as somebody waits
  GroupSync(SegmentDisk disk, Duration interval) {
    this.disk = disk;
    this.intervalNs = interval.toNanos();
  }

  /// How far one lane has got.
  private static final class SyncPoint {
    final Lane lane;
    @Nullable Segment segment;

    SyncPoint(Lane lane) {
      this.lane = lane;
    }
  }

  /// A segment that only this thread may need still.
  private record Released(int lane, Segment segment) {}

  /// @param lanes by their numbers
  void start(List<Lane> lanes) {
    points = lanes.stream().map(SyncPoint::new).toList();
    thread.start();
  }

  /// Whether every answer waits for a forced write.
  boolean isBeforeAnswer() {
    return intervalNs == 0;
  }

  void syncSoon() {
    if (intervalNs == 0) {
      LockSupport.unpark(thread);
    }
  }

  /// Forced writes that the disk refused.
  long failures() {
    return failures.sum();
  }

  /// Neither the writer nor the forwarder needs the segment any more.
  void release(int lane, Segment segment) {
    released.add(new Released(lane, segment));
  }

  private void run() {
    while (!isClosed) {
      LockSupport.parkNanos(this, intervalNs == 0 ? IDLE_INTERVAL_NS : intervalNs);
      pass();
    }
    pass();
  }

  private void pass() {
    for (SyncPoint point : points) {
      force(point);
      point.lane.settleWaiting();
    }
    for (Released each = released.poll(); each != null; each = released.poll()) {
      mapped.add(each);
    }
    mapped.removeIf(this::hasEnded);
  }

  private void force(SyncPoint point) {
    Segment segment = point.segment == null ? point.lane.first() : point.segment;
    while (segment != null) {
      point.segment = segment;
      boolean isComplete = segment.isComplete();
      long to = segment.written();
      if (to > segment.durable() && !segment.isFailed()) {
        force(segment, to);
      }
      if (!isComplete) {
        return;
      }
      disk.forget(segment.file(), segment.memory());
      segment = segment.next();
    }
  }

  private void force(Segment segment, long to) {
    try {
      disk.force(segment.memory(), segment.durable(), to);
      segment.durable(to);
    } catch (IOException | RuntimeException | InternalError e) {
      // A later forced write may succeed though these bytes are gone: the segment is given up.
      segment.fail();
      failures.increment();
      log.error("The disk failed on {}: {}", segment.file(), e.toString());
    }
  }

  /// A lane's segments are forced in their order: those behind the present one are still to come,
  /// though the forwarder may be through with them.
  private boolean hasEnded(Released each) {
    Segment present = points.get(each.lane).segment;
    if (present == null || present.ordinal() <= each.segment.ordinal()) {
      return false;
    }
    each.segment.unmap();
    return true;
  }

  /// Forces what there is once more and ends the thread. Further calls do nothing.
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    Threads.join(thread, CLOSE_TIMEOUT);
  }
}
