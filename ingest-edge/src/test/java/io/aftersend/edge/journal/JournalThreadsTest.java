package io.aftersend.edge.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the hot path costs in memory, and what a reader sees while a writer writes.
class JournalThreadsTest {
  private static final int RECORDS = 400_000;

  private static final long PACED_STEP = 50;
  private static final long PACED_RECORDS = 500 * PACED_STEP;

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
      long read;
      try {
        read = readAll(reader, failure);
      } finally {
        writer.interrupt();
        writer.join();
      }
      assertThat(failure.get()).isNull();
      assertThat(read).isEqualTo(RECORDS);
      assertThat(reader.takeLosses()).isEqualTo(Losses.NONE);
      assertThat(reader.damagedBytes()).isZero();
    }
  }

  /// How many records came in their order before one did not, or too few within minutes.
  private static long readAll(LaneReader reader, AtomicReference<Throwable> failure)
      throws IOException {
    long read = 0;
    long endNs = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    while (read < RECORDS && failure.get() == null && System.nanoTime() - endNs < 0) {
      boolean isThere = reader.next();
      if (isThere
          && (reader.sequence() != read + 1
              || ByteBuffer.wrap(reader.value()).getLong() != read + 1)) {
        return read;
      }
      read += isThere ? 1 : 0;
      // The budget holds less than all records: what was read makes room.
      LanePosition at = isThere && read % 1_000 == 0 ? reader.position() : null;
      if (at != null) {
        reader.release(at);
      }
    }
    return read;
  }

  private static void write(LaneWriter lane, AtomicReference<Throwable> failure) {
    byte[] record = new byte[48];
    int[] lengths = {record.length};
    for (long i = 1; i <= RECORDS; i++) {
      ByteBuffer.wrap(record).putLong(8, i);
      // The budget is spent while the reader is behind.
      boolean hasRoom = lane.reserve(lengths, Duration.ofSeconds(20));
      while (!hasRoom && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
        hasRoom = lane.reserve(lengths, Duration.ofSeconds(20));
      }
      if (!hasRoom || lane.append(record, 0, 8, 40, i) != AppendOutcome.KEPT) {
        failure.set(new AssertionError("expected room for record " + i));
        return;
      }
    }
  }

  /// The reader is at the end of what is durable nearly always, so that what becomes durable does
  /// so while it looks.
  @Test
  void passesNoRecordThatBecomesDurableWhileItLooks() throws InterruptedException, IOException {
    AtomicLong read = new AtomicLong();
    try (TestJournal journal =
        TestJournal.in(directory).syncInterval(Duration.ofNanos(100_000)).open(0, 1)) {
      LaneReader reader = journal.reader(0);
      Thread writer = Thread.ofPlatform().start(() -> writePaced(journal.journal.writer(0), read));
      try {
        long endNs = System.nanoTime() + Duration.ofMinutes(3).toNanos();
        while (read.get() < PACED_RECORDS && System.nanoTime() - endNs < 0) {
          if (reader.next() && reader.sequence() != read.incrementAndGet()) {
            break;
          }
        }
        assertThat(reader.sequence()).isEqualTo(PACED_RECORDS);
        assertThat(read.get()).isEqualTo(PACED_RECORDS);
        assertThat(reader.takeLosses()).isEqualTo(Losses.NONE);
      } finally {
        writer.interrupt();
        writer.join();
      }
    }
  }

  /// Each step goes over the end of a segment.
  private static void writePaced(LaneWriter lane, AtomicLong read) {
    for (long i = 1; i <= PACED_RECORDS && !Thread.currentThread().isInterrupted(); i++) {
      TestJournal.appendKept(lane, "paced", 60);
      while (i % PACED_STEP == 0 && read.get() < i && !Thread.currentThread().isInterrupted()) {
        Thread.onSpinWait();
      }
    }
  }
}
