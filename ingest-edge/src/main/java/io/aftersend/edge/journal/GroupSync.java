package io.aftersend.edge.journal;

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
  private final Queue<Segment> released = new ConcurrentLinkedQueue<>();
  private final Deque<Segment> mapped = new ArrayDeque<>();
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
  void release(Segment segment) {
    released.add(segment);
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
    for (Segment segment = released.poll(); segment != null; segment = released.poll()) {
      mapped.add(segment);
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
      segment = segment.next();
    }
  }

  private void force(Segment segment, long to) {
    try {
      disk.force(segment.memory(), segment.durable(), to);
      segment.durable(to);
    } catch (IOException e) {
      // A later forced write may succeed though these bytes are gone: the segment is given up.
      segment.fail();
      failures.increment();
      log.error("The disk failed on {}: {}", segment.file(), e.toString());
    }
  }

  private boolean hasEnded(Segment segment) {
    for (SyncPoint point : points) {
      if (segment.equals(point.segment)) {
        return false;
      }
    }
    segment.unmap();
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
