package io.aftersend.edge.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The disk's account: what all segments take, and which of them may go since Kafka has them. Safe
/// for any thread.
final class SegmentStore {
  private static final Logger log = LoggerFactory.getLogger(SegmentStore.class);

  private final SegmentDisk disk;
  private final long budgetBytes;
  private final long retentionMs;
  private final AtomicLong usedBytes = new AtomicLong();

  /// Directories of journals that are read to their end.
  private final Set<Path> finished = new HashSet<>();

  private final PriorityQueue<Kept> kept =
      new PriorityQueue<>(
          Comparator.comparingLong(Kept::sinceMs)
              .thenComparingLong(each -> each.segment.ordinal()));

  private final AtomicLong keptBytes = new AtomicLong();

  SegmentStore(SegmentDisk disk, long budgetBytes, Duration retention) {
    this.disk = disk;
    this.budgetBytes = budgetBytes;
    this.retentionMs = retention.toMillis();
  }

  private record Kept(Segment segment, long sinceMs) {}

  /// What all segments take.
  long usedBytes() {
    return usedBytes.get();
  }

  /// What new segments could take at most before Kafka acknowledges more.
  long obtainableBytes() {
    return budgetBytes - usedBytes.get() + keptBytes.get();
  }

  /// Takes an existing file into the account.
  void found(long sizeBytes) {
    usedBytes.addAndGet(sizeBytes);
  }

  /// Takes the end of an existing file out of the account.
  void cut(long bytes) {
    usedBytes.addAndGet(-bytes);
  }

  /// Makes a segment, giving up acknowledged ones where the budget or the disk has no room.
  ///
  /// @param rest is called between pieces of the work
  /// @return null when the budget is spent on what Kafka does not have yet
  /// @throws IOException when the disk refuses
  @Nullable Segment create(Path file, long ordinal, long sizeBytes, Runnable rest)
      throws IOException {
    while (usedBytes.addAndGet(sizeBytes) > budgetBytes) {
      usedBytes.addAndGet(-sizeBytes);
      if (!giveUpOldest()) {
        return null;
      }
    }
    boolean isMade = false;
    try {
      Segment made = createOnDisk(file, ordinal, sizeBytes, rest);
      isMade = true;
      return made;
    } finally {
      if (!isMade) {
        usedBytes.addAndGet(-sizeBytes);
      }
    }
  }

  private Segment createOnDisk(Path file, long ordinal, long sizeBytes, Runnable rest)
      throws IOException {
    while (true) {
      try {
        return Segment.create(disk, file, ordinal, sizeBytes, rest);
      } catch (IOException e) {
        if (!giveUpOldest()) {
          throw e;
        }
      }
    }
  }

  /// Kafka has all of the segment's records as of now: it stays for a while, should Kafka lose
  /// them. The file's time tells the next start since when.
  void acknowledged(Segment segment, long nowMs) {
    try {
      Files.setLastModifiedTime(segment.file(), FileTime.fromMillis(nowMs));
    } catch (IOException e) {
      log.warn("Cannot note when Kafka had {}: {}", segment.file(), e.toString());
    }
    keep(segment, nowMs);
  }

  /// Kafka has had all of the segment's records since a moment before.
  void keep(Segment segment, long sinceMs) {
    synchronized (kept) {
      kept.add(new Kept(segment, sinceMs));
    }
    keptBytes.addAndGet(segment.sizeBytes());
  }

  /// Deletes what has been kept long enough.
  void expire(long nowMs) {
    while (true) {
      synchronized (kept) {
        Kept oldest = kept.peek();
        if (oldest == null || nowMs - oldest.sinceMs < retentionMs) {
          return;
        }
      }
      giveUpOldest();
    }
  }

  /// Deletes a segment that holds nothing.
  void discard(Segment segment) {
    usedBytes.addAndGet(-segment.sizeBytes());
    try {
      disk.delete(segment.file());
    } catch (IOException e) {
      log.error("Cannot delete the journal's segment {}: {}", segment.file(), e.toString());
    }
    Path directory = segment.file().getParent();
    if (directory != null) {
      deleteWhenEmpty(directory);
    }
  }

  /// Nobody reads the journal any more: its directory goes with its last segment.
  void finished(Path directory) {
    synchronized (finished) {
      finished.add(directory);
    }
    deleteWhenEmpty(directory);
  }

  private void deleteWhenEmpty(Path directory) {
    synchronized (finished) {
      if (!finished.contains(directory)) {
        return;
      }
      try (Stream<Path> files = Files.list(directory)) {
        if (files.anyMatch(file -> SegmentName.parse(file) != null)) {
          return;
        }
      } catch (IOException e) {
        log.error("Cannot list {}: {}", directory, e.toString());
        return;
      }
      finished.remove(directory);
      try {
        Files.deleteIfExists(directory.resolve(Checkpoint.FILE_NAME));
        Files.deleteIfExists(directory);
      } catch (IOException e) {
        log.error("Cannot delete {}: {}", directory, e.toString());
      }
    }
  }

  private boolean giveUpOldest() {
    Kept oldest;
    synchronized (kept) {
      oldest = kept.poll();
    }
    if (oldest == null) {
      return false;
    }
    keptBytes.addAndGet(-oldest.segment.sizeBytes());
    discard(oldest.segment);
    return true;
  }
}
