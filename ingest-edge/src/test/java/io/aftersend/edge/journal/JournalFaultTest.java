package io.aftersend.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.RunningEdge;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A journal whose disk or budget has no room, or whose disk fails.
class JournalFaultTest {
  private static final int VALUE_BYTES = 1000;
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  @TempDir Path directory;

  /// Appends until a record is lost for a reason.
  private static int fill(LaneWriter lane, AppendOutcome until) throws InterruptedException {
    int kept = 0;
    long endNs = System.nanoTime() + TIMEOUT.toNanos();
    while (System.nanoTime() - endNs < 0) {
      AppendOutcome outcome = TestJournal.append(lane, "fill", VALUE_BYTES);
      if (outcome == until) {
        return kept;
      }
      kept += outcome == AppendOutcome.KEPT ? 1 : 0;
      Thread.sleep(1);
    }
    throw new AssertionError("expected " + until);
  }

  private static LanePosition readAll(LaneReader reader) {
    TestJournal.texts(reader);
    LanePosition end = reader.position();
    if (end == null) {
      throw new AssertionError("expected records");
    }
    return end;
  }

  @Test
  void losesCountedWhenTheBudgetIsSpentAndRecoversWhenKafkaHasMore(@TempDir Path killed)
      throws IOException, InterruptedException {
    try (TestJournal journal =
        TestJournal.in(directory).budgetBytes(4 * TestJournal.SEGMENT_BYTES).open(1, 0)) {
      LaneWriter lane = journal.journal.writer(0);
      LaneReader reader = journal.reader(0);
      fill(lane, AppendOutcome.BUDGET_SPENT);
      RunningEdge.await(
          () -> String.valueOf(journal.journal.problem()).contains("disk budget is spent"));
      long lost = reader.writerLosses().total();
      assertThat(reader.writerLosses().of("budget_spent")).isPositive();

      LanePosition end = readAll(reader);
      reader.release(end);
      RunningEdge.await(() -> journal.journal.problem() == null);
      TestJournal.appendKept(lane, "again", VALUE_BYTES);

      assertThat(reader.writerLosses().total()).isEqualTo(lost);
      assertThat(TestJournal.texts(reader)).containsExactly("again");
      assertThat(reader.takeLosses()).isEqualTo(reader.writerLosses());
      assertThat(reader.highest()).isEqualTo(reader.sequence());
      TestJournal.copy(directory, killed);
    }
    try (TestJournal journal = TestJournal.in(killed).ids(new Random(9)).open(1, 0)) {
      LaneReader left = journal.left();
      assertThat(TestJournal.texts(left)).contains("again");
      assertThat(left.takeLosses().of("budget_spent")).isPositive();
    }
  }

  @Test
  void writesDownAtTheEndWhatItLostThoughThereIsNoRoom() throws InterruptedException {
    Random ids = new Random(3);
    Losses lost;
    try (TestJournal journal =
        TestJournal.in(directory).ids(ids).budgetBytes(3 * TestJournal.SEGMENT_BYTES).open(1, 0)) {
      fill(journal.journal.writer(0), AppendOutcome.BUDGET_SPENT);
      fill(journal.journal.writer(0), AppendOutcome.BUDGET_SPENT);
      lost = journal.reader(0).writerLosses();
    }
    try (TestJournal journal = TestJournal.in(directory).ids(ids).open(1, 0)) {
      LaneReader left = journal.left();
      assertThat(TestJournal.texts(left)).isNotEmpty().containsOnly("fill");
      assertThat(left.takeLosses()).isEqualTo(lost);
    }
  }

  @Test
  void givesUpAcknowledgedSegmentsBeforeItLosesAHit() throws InterruptedException {
    try (TestJournal journal =
        TestJournal.in(directory).budgetBytes(6 * TestJournal.SEGMENT_BYTES).open(1, 0)) {
      LaneWriter lane = journal.journal.writer(0);
      LaneReader reader = journal.reader(0);
      for (int i = 0; i < 60; i++) {
        TestJournal.appendKept(lane, "hit" + i, VALUE_BYTES);
        reader.release(readAll(reader));
        assertThat(journal.journal.usedBytes()).isLessThanOrEqualTo(6 * TestJournal.SEGMENT_BYTES);
      }
      assertThat(reader.writerLosses()).isEqualTo(Losses.NONE);
      assertThat(reader.sequence()).isEqualTo(60);
    }
  }

  @Test
  void losesCountedOnAFullDiskAndRecoversByItself() throws InterruptedException {
    FaultyDisk disk = new FaultyDisk();
    disk.isFull = true;
    try (TestJournal journal = TestJournal.in(directory).disk(disk).open(1, 0)) {
      LaneWriter lane = journal.journal.writer(0);
      assertThat(TestJournal.append(lane, "lost", 10)).isEqualTo(AppendOutcome.DISK_FAILED);
      assertThat(journal.journal.problem()).contains("No space left");

      disk.isFull = false;
      RunningEdge.await(() -> journal.journal.problem() == null);

      assertThat(TestJournal.append(lane, "kept", 10)).isEqualTo(AppendOutcome.KEPT);
      assertThat(TestJournal.read(journal.reader(0)))
          .containsExactly(new TestJournal.Read(2, "kept"));
      assertThat(journal.reader(0).takeLosses().byReason()).isEqualTo(Map.of("disk_failed", 1L));
    }
  }

  @Test
  void tellsWhenRecordsAreDurable() throws InterruptedException {
    List<Boolean> told = Collections.synchronizedList(new ArrayList<>());
    try (TestJournal journal = TestJournal.in(directory).syncInterval(Duration.ZERO).open(1, 0)) {
      assertThat(journal.journal.writer(0).isDurableBeforeAnswer()).isTrue();
      TestJournal.appendKept(journal.journal.writer(0), "a", 10);
      journal.journal.writer(0).awaitDurable(told::add);
      RunningEdge.await(() -> !told.isEmpty());
    }
    assertThat(told).containsExactly(true);
  }

  @Test
  void givesASegmentUpWhoseForcedWriteFailed() throws InterruptedException {
    FaultyDisk disk = new FaultyDisk();
    List<Boolean> told = Collections.synchronizedList(new ArrayList<>());
    try (TestJournal journal = TestJournal.in(directory).disk(disk).open(0, 1)) {
      LaneWriter lane = journal.journal.writer(0);
      TestJournal.appendKept(lane, "durable", 10);
      lane.awaitDurable(told::add);
      RunningEdge.await(() -> told.size() == 1);
      // Both are there before either is tried, or they would be refused in segments of their own.
      disk.isForceHeld = true;
      TestJournal.appendKept(lane, "refused1", 10);
      TestJournal.append(lane, "refused2", 10);
      lane.awaitDurable(told::add);
      disk.isForceFailing = true;
      disk.isForceHeld = false;
      RunningEdge.await(() -> told.size() == 2);
      disk.isForceFailing = false;
      TestJournal.appendKept(lane, "after", 10);
      lane.awaitDurable(told::add);
      RunningEdge.await(() -> told.size() == 3);

      assertThat(told).containsExactly(true, false, true);
      assertThat(TestJournal.texts(journal.reader(0))).containsExactly("durable", "after");
      assertThat(journal.reader(0).takeLosses().byReason()).isEqualTo(Map.of("not_durable", 2L));
      assertThat(journal.journal.syncFailures()).isEqualTo(1);
      assertThat(disk.refused).hasSize(1);
      assertThat(disk.forced.getLast()).isNotEqualTo(disk.refused.getFirst());
    }
  }

  @Test
  void isNotDurableWhenOnlyTheLastOfABatchsSegmentsIs() throws InterruptedException {
    FaultyDisk disk = new FaultyDisk();
    List<Boolean> told = Collections.synchronizedList(new ArrayList<>());
    try (TestJournal journal = TestJournal.in(directory).disk(disk).open(0, 1)) {
      LaneWriter lane = journal.journal.writer(0);
      int[] lengths = {3004, 3004};
      assertThat(lane.reserve(lengths, TIMEOUT)).isTrue();
      disk.isForceFailing = true;
      TestJournal.append(lane, "a", 3001);
      RunningEdge.await(() -> disk.refused.size() == 1);
      disk.isForceFailing = false;
      TestJournal.append(lane, "b", 3001);
      lane.awaitDurable(told::add);
      RunningEdge.await(() -> told.size() == 1);
    }
    assertThat(told).containsExactly(false);
  }

  @Test
  void keepsHitsWhoseForcedWriteFailedForTheForwarder() throws InterruptedException {
    FaultyDisk disk = new FaultyDisk();
    disk.isForceFailing = true;
    try (TestJournal journal = TestJournal.in(directory).disk(disk).open(1, 0)) {
      TestJournal.appendKept(journal.journal.writer(0), "hit1", 10);
      RunningEdge.await(() -> journal.journal.syncFailures() == 1);
      TestJournal.appendKept(journal.journal.writer(0), "hit2", 10);

      assertThat(TestJournal.texts(journal.reader(0))).containsExactly("hit1", "hit2");
      assertThat(journal.reader(0).takeLosses()).isEqualTo(Losses.NONE);
    }
  }

  @Test
  void forcesSegmentsThatTheForwarderLetGoOf() throws InterruptedException {
    FaultyDisk disk = new FaultyDisk();
    disk.isForceHeld = true;
    try (TestJournal journal = TestJournal.in(directory).disk(disk).open(1, 0)) {
      LaneReader reader = journal.reader(0);
      for (int i = 0; i < 30; i++) {
        TestJournal.appendKept(journal.journal.writer(0), "hit" + i, VALUE_BYTES);
      }
      reader.release(readAll(reader));
      int segments = TestJournal.segments(directory).size();
      disk.isForceHeld = false;

      RunningEdge.await(() -> Set.copyOf(disk.forced).size() >= segments - 2);
      List<Boolean> told = Collections.synchronizedList(new ArrayList<>());
      journal.journal.writer(0).awaitDurable(told::add);
      RunningEdge.await(() -> told.contains(true));
    }
  }

  @Test
  void reservesABatchThatIsLargerThanASegment() {
    try (TestJournal journal = TestJournal.in(directory).open(0, 1)) {
      LaneWriter lane = journal.journal.writer(0);
      int[] lengths = new int[40];
      java.util.Arrays.fill(lengths, "batch".length() + 2 + VALUE_BYTES);
      assertThat(lane.reserve(lengths, TIMEOUT)).isTrue();
      for (int i = 0; i < lengths.length; i++) {
        assertThat(TestJournal.append(lane, "batch", VALUE_BYTES)).isEqualTo(AppendOutcome.KEPT);
      }
    }
  }

  @Test
  void reservesNothingOfABatchThatTheBudgetCannotTake() throws InterruptedException {
    try (TestJournal journal =
        TestJournal.in(directory).budgetBytes(10 * TestJournal.SEGMENT_BYTES).open(1, 1)) {
      RunningEdge.await(() -> TestJournal.segments(directory).size() == 4);
      LaneWriter lane = journal.journal.writer(1);
      int[] lengths = new int[60];
      java.util.Arrays.fill(lengths, 1007);

      assertThat(lane.reserve(lengths, TIMEOUT)).isFalse();

      assertThat(lane.nextSequence()).isEqualTo(1);
      assertThat(journal.reader(1).writerLosses()).isEqualTo(Losses.NONE);
      assertThat(TestJournal.segments(directory)).hasSize(4);
      assertThat(lane.reserve(new int[] {1007, 1007}, TIMEOUT)).isTrue();
    }
  }

  @Test
  void refusesARecordThatNoSegmentHolds() {
    try (TestJournal journal = TestJournal.in(directory).open(1, 0)) {
      LaneWriter lane = journal.journal.writer(0);
      assertThat(TestJournal.append(lane, "huge", 5000)).isEqualTo(AppendOutcome.TOO_LARGE);
      assertThat(lane.reserve(new int[] {10, 5000}, TIMEOUT)).isFalse();
      assertThat(TestJournal.append(lane, "small", 10)).isEqualTo(AppendOutcome.KEPT);
      assertThat(TestJournal.read(journal.reader(0)))
          .containsExactly(new TestJournal.Read(2, "small"));
      assertThat(journal.reader(0).takeLosses().byReason()).isEqualTo(Map.of("too_large", 1L));
    }
  }
}
