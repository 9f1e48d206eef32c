package io.aftersend.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the hot path costs in memory, and what a reader sees while a writer writes.
class JournalThreadsTest {
  private static final int RECORDS = 400_000;

  @TempDir Path directory;

  @Test
  void appendsWithoutAllocating() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    byte[] record = new byte[300];
    try (TestJournal journal = TestJournal.in(directory).segmentBytes(8 * 1024 * 1024).open(1, 0)) {
      LaneWriter lane = journal.journal.writer(0);
      appendAll(lane, record, 10_000);
      long self = Thread.currentThread().threadId();
      threads.getThreadAllocatedBytes(self);
      long before = threads.getThreadAllocatedBytes(self);
      long between = threads.getThreadAllocatedBytes(self);
      int kept = appendAll(lane, record, 10_000);
      long after = threads.getThreadAllocatedBytes(self);

      assertThat(kept).isEqualTo(10_000);
      assertThat(after - between).isEqualTo(between - before);
    }
  }

  private static int appendAll(LaneWriter lane, byte[] record, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      kept += lane.append(record, 0, 20, 280, 1L) == AppendOutcome.KEPT ? 1 : 0;
    }
    return kept;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void readsExactlyTheSequenceWhileItIsWritten(boolean isSentWhenDurable)
      throws InterruptedException, IOException {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    try (TestJournal journal =
        TestJournal.in(directory)
            .segmentBytes(256 * 1024)
            .budgetBytes(16L * 1024 * 1024)
            .syncInterval(Duration.ofMillis(2))
            .open(isSentWhenDurable ? 0 : 1, isSentWhenDurable ? 1 : 0)) {
      LaneWriter lane = journal.journal.writer(0);
      Thread writer = Thread.ofPlatform().start(() -> write(lane, failure));
      LaneReader reader = journal.reader(0);
      long expected = 1;
      long endNs = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (expected <= RECORDS && failure.get() == null && System.nanoTime() - endNs < 0) {
        if (reader.next()) {
          assertThat(reader.sequence()).isEqualTo(expected);
          assertThat(ByteBuffer.wrap(reader.value()).getLong()).isEqualTo(expected);
          expected++;
        }
        // The budget holds less than all records: what was read makes room.
        LanePosition at = reader.position();
        if (at != null && expected % 1_000 == 1) {
          reader.release(at);
        }
      }
      writer.join();
      assertThat(failure.get()).isNull();
      assertThat(expected).isEqualTo(RECORDS + 1);
      assertThat(reader.takeLosses()).isEqualTo(Losses.NONE);
      assertThat(reader.damagedBytes()).isZero();
    }
  }

  private static void write(LaneWriter lane, AtomicReference<Throwable> failure) {
    byte[] record = new byte[48];
    int[] lengths = {record.length};
    for (long i = 1; i <= RECORDS; i++) {
      ByteBuffer.wrap(record).putLong(8, i);
      boolean hasRoom = false;
      for (int tries = 0; !hasRoom && tries < 1_000; tries++) {
        hasRoom = lane.reserve(lengths, Duration.ofSeconds(20));
      }
      if (!hasRoom || lane.append(record, 0, 8, 40, i) != AppendOutcome.KEPT) {
        failure.set(new AssertionError("expected room for record " + i));
        return;
      }
    }
  }
}
