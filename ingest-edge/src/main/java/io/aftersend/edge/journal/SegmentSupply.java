package io.aftersend.edge.journal;

import java.io.IOException;
import java.nio.file.Files;
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
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

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
  SegmentSupply(
      SegmentStore store, Path directory, int segmentBytes, int spares, InstantSource clock) {
    this.store = store;
    this.directory = directory;
    this.segmentBytes = segmentBytes;
    this.spares = spares;
    this.clock = clock;
  }

  /// Makes the first segments of the lanes, as far as that is possible, and goes on from there.
  void start(List<Lane> ofLanes) {
    lanes = List.copyOf(ofLanes);
    ordinals = new long[lanes.size()];
    supplyAll();
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

  void discard(Segment segment) {
    store.discard(segment);
  }

  /// Waits until a lane has so many segments ready. Only for lanes whose writer may block.
  ///
  /// @return false when they cannot be had
  boolean awaitReady(Lane lane, int segments, Duration timeout) {
    long endNs = System.nanoTime() + timeout.toNanos();
    long begunRounds = rounds;
    while (lane.readySegments() < segments) {
      lane.want(segments);
      allocateSoon();
      boolean hasFailed = status != AppendOutcome.DISK_BEHIND && rounds > begunRounds + 1;
      if (isClosed || hasFailed || System.nanoTime() - endNs > 0) {
        lane.want(0);
        return false;
      }
      LockSupport.parkNanos(this, TimeUnit.MILLISECONDS.toNanos(1));
    }
    lane.want(0);
    return true;
  }

  private void run() {
    while (!isClosed) {
      LockSupport.parkNanos(this, LOOK_INTERVAL_NS);
      supplyAll();
      store.expire(clock.millis());
    }
  }

  private void supplyAll() {
    AppendOutcome outcome = AppendOutcome.DISK_BEHIND;
    String refusal = null;
    for (int i = 0; i < lanes.size(); i++) {
      Lane lane = lanes.get(i);
      while (!isClosed && lane.readySegments() < Math.max(spares, lane.wantedSegments())) {
        try {
          Files.createDirectories(directory);
          Segment made = store.create(fileOf(lane, ordinals[i]), ordinals[i], segmentBytes);
          if (made == null) {
            outcome = AppendOutcome.BUDGET_SPENT;
            refusal = "the disk budget is spent on events that Kafka has not acknowledged";
            break;
          }
          ordinals[i]++;
          lane.offer(made);
        } catch (IOException | RuntimeException e) {
          outcome = AppendOutcome.DISK_FAILED;
          refusal = "the disk refuses new segments in " + directory + ": " + e.getMessage();
          break;
        }
      }
    }
    report(outcome, refusal);
  }

  private Path fileOf(Lane lane, long ordinal) {
    return directory.resolve(SegmentName.of(lane.lane(), ordinal));
  }

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
