package io.aftersend.edge.journal;

import io.aftersend.runtime.lifecycle.Threads;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that makes segments ahead of the writers, so that none of them ever waits for the
/// disk, and deletes those that have been kept long enough.
final class SegmentSupply implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SegmentSupply.class);
  private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

  /// Between pieces that take about a twelfth of it. More and smaller ones cost more than they
  /// spare: each begins with cold caches.
  private static final long REST_NS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final SegmentDisk disk;
  private final SegmentStore store;
  private final Path directory;
  private final int segmentBytes;
  private final int spares;
  private final InstantSource clock;
  private final Thread thread = new Thread(this::run, "edge-journal-allocate");

  private List<Lane> lanes = List.of();
  private long[] ordinals = {};

  /// Why a writer that finds no segment finds none.
  private volatile AppendOutcome status = AppendOutcome.DISK_BEHIND;

  private volatile @Nullable String problem;
  private volatile long rounds;
  private volatile boolean isClosed;

  /// @param spares how many segments are ready for each lane
  SegmentSupply(JournalParts parts, Path directory, int segmentBytes, int spares) {
    this.disk = parts.disk();
    this.store = parts.store();
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.spares = spares;
    this.clock = parts.clock();
  }

  /// Makes the first segment of each lane, as far as that is possible, and goes on from there.
  void start(List<Lane> ofLanes) {
    lanes = List.copyOf(ofLanes);
    ordinals = new long[lanes.size()];
    supplyAll(1);
    thread.start();
  }

  /// What keeps segments from being made, in one line; null while nothing does.
  @Nullable String problem() {
    return problem;
  }

  AppendOutcome whyNone() {
    return status;
  }

  void allocateSoon() {
    LockSupport.unpark(thread);
  }

  /// Deletes a segment that was not used.
  void discard(Segment spare) {
    spare.unmap();
    store.discard(spare);
  }

  /// Waits until a lane has so many segments ready. Only for lanes whose writer may block.
  ///
  /// @return false when they cannot be had; nothing is hoarded then
  boolean awaitReady(SpareSegments ready, int segments, Duration timeout) {
    if (ready.count() >= segments) {
      return true;
    }
    long missingBytes = (segments - ready.count()) * (long) segmentBytes;
    boolean hasThem = missingBytes <= store.obtainableBytes() && await(ready, segments, timeout);
    ready.want(0);
    while (!hasThem && ready.count() > spares) {
      Segment spare = ready.take();
      if (spare != null) {
        discard(spare);
      }
    }
    return hasThem;
  }

  private boolean await(SpareSegments ready, int segments, Duration timeout) {
    long endNs = System.nanoTime() + timeout.toNanos();
    long begunRounds = rounds;
    ready.want(segments);
    while (ready.count() < segments) {
      allocateSoon();
      boolean hasFailed = status != AppendOutcome.DISK_BEHIND && rounds > begunRounds + 1;
      if (isClosed || hasFailed || System.nanoTime() - endNs >= 0) {
        return false;
      }
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
    }
    return true;
  }

  private void run() {
    while (!isClosed) {
      LockSupport.parkNanos(this, LOOK_INTERVAL_NS);
      supplyAll(spares);
      store.expire(clock.millis());
    }
  }

  /// One segment for each lane at a time, so that a busy one does not starve the others.
  private void supplyAll(int ready) {
    AppendOutcome outcome = AppendOutcome.DISK_BEHIND;
    String refusal = null;
    boolean hasMade = true;
    while (hasMade && refusal == null && !isClosed) {
      hasMade = false;
      for (int i = 0; i < lanes.size() && refusal == null; i++) {
        SpareSegments ofLane = lanes.get(i).spares();
        if (ofLane.count() >= Math.max(ready, ofLane.wanted())) {
          continue;
        }
        try {
          if (supply(i)) {
            hasMade = true;
          } else {
            outcome = AppendOutcome.BUDGET_SPENT;
            refusal = "the disk budget is spent on events that Kafka has not acknowledged";
          }
        } catch (IOException | RuntimeException e) {
          outcome = AppendOutcome.DISK_FAILED;
          refusal = "the disk refuses new segments in " + directory + ": " + e.getMessage();
        }
      }
    }
    report(outcome, isAnyLaneEmpty() ? refusal : null);
  }

  /// @return false when the budget is spent
  private boolean supply(int lane) throws IOException {
    disk.createDirectory(directory);
    // Now, since a full disk has no room for it when it is needed.
    Checkpoint.ensure(directory, lanes.size());
    Segment made =
        store.create(fileOf(lane, ordinals[lane]), ordinals[lane], segmentBytes, this::rest);
    if (made == null) {
      return false;
    }
    ordinals[lane]++;
    lanes.get(lane).spares().offer(made);
    return true;
  }

  /// Making a segment takes tens of milliseconds of processor time, and an event loop may have no
  /// other processor to run on. While every lane has something to go on with, it is made slowly.
  private void rest() {
    if (!isClosed && lanes.stream().noneMatch(SegmentSupply::isWaiting)) {
      LockSupport.parkNanos(this, REST_NS);
    }
  }

  private static boolean isWaiting(Lane lane) {
    int ready = lane.spares().count();
    return ready == 0 || ready < lane.spares().wanted();
  }

  private boolean isAnyLaneEmpty() {
    return lanes.stream().anyMatch(lane -> lane.spares().count() == 0);
  }

  private Path fileOf(int lane, long ordinal) {
    return directory.resolve(SegmentName.of(lane, ordinal));
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // Only one thread writes at a time.
  private void report(AppendOutcome outcome, @Nullable String refusal) {
    if (refusal != null && problem == null) {
      log.error("The journal cannot grow: {}", refusal);
    } else if (refusal == null && problem != null) {
      log.info("The journal grows again");
    }
    problem = refusal;
    status = outcome;
    rounds = rounds + 1;
  }

  /// Makes no more segments. Further calls do nothing.
  @Override
  public void close() {
    isClosed = true;
    LockSupport.unpark(thread);
    Threads.join(thread, CLOSE_TIMEOUT);
  }
}
