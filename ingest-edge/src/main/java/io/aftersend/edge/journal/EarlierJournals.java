package io.aftersend.edge.journal;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The journals that earlier starts have left: found, accounted for, and opened for reading.
final class EarlierJournals {
  private static final Logger log = LoggerFactory.getLogger(EarlierJournals.class);
  private static final String ID = "[0-9a-f]{16}";

  private final JournalParts parts;
  private final boolean isEverythingResent;
  private final List<String> unreadable = new ArrayList<>();

  /// @param isEverythingResent whether segments that Kafka has acknowledged are sent again
  EarlierJournals(JournalParts parts, boolean isEverythingResent) {
    this.parts = parts;
    this.isEverythingResent = isEverythingResent;
  }

  /// What all segments below a directory take.
  static long usedBytes(Path directory) throws IOException {
    long bytes = 0;
    for (Path journal : journals(directory)) {
      for (Path file : files(journal)) {
        bytes += SegmentName.parse(file) == null ? 0 : Files.size(file);
      }
    }
    return bytes;
  }

  List<OpenJournal> open(Path directory) throws IOException {
    List<OpenJournal> opened = new ArrayList<>();
    for (Path journal : journals(directory)) {
      try {
        opened.add(openOne(journal));
      } catch (IOException | RuntimeException e) {
        // One that cannot be read must keep neither this start nor the others from going on.
        unreadable.add(journal + ": " + e);
        log.error("Cannot read the journal of an earlier start {}", journal, e);
      }
    }
    return opened;
  }

  /// What could not be read at all, in one line; null when everything could.
  @Nullable String problem() {
    return unreadable.isEmpty()
        ? null
        : "events of earlier starts cannot be read, restart when it is mended: " + unreadable;
  }

  private static List<Path> journals(Path directory) throws IOException {
    return files(directory).stream()
        .filter(path -> path.getFileName().toString().matches(ID) && Files.isDirectory(path))
        .toList();
  }

  private static List<Path> files(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(directory)) {
      return files.sorted().toList();
    }
  }

  private OpenJournal openOne(Path directory) throws IOException {
    Map<Integer, List<Segment>> segments = new TreeMap<>();
    for (Path file : files(directory)) {
      SegmentName name = SegmentName.parse(file);
      if (name != null) {
        long size = Files.size(file);
        parts.store().found(size);
        segments
            .computeIfAbsent(name.lane(), lane -> new ArrayList<>())
            .add(Segment.left(file, name.ordinal(), size));
      } else if (file.getFileName().toString().endsWith(MappedDisk.UNFINISHED)) {
        Files.deleteIfExists(file);
      }
    }
    int lanes = lanes(directory, segments);
    Checkpoint checkpoint = openCheckpoint(directory, lanes);
    String id = directory.getFileName().toString();
    List<LaneReader> readers = new ArrayList<>();
    for (int lane = 0; lane < lanes; lane++) {
      LaneState state = checkpoint == null ? LaneState.NEW : checkpoint.read(lane);
      List<Segment> ofLane = segments.getOrDefault(lane, List.of());
      Segment oldest = link(ofLane, state);
      if (oldest != null || !state.equals(LaneState.NEW)) {
        readers.add(LaneReader.earlier(id, lane, state, isEverythingResent, parts, oldest));
      }
    }
    log.info("Journal {} of an earlier start: {} lanes", id, readers.size());
    return new OpenJournal(id, directory, readers, lanes, parts.store(), checkpoint);
  }

  private static int lanes(Path directory, Map<Integer, List<Segment>> segments)
      throws IOException {
    int known = segments.keySet().stream().mapToInt(lane -> lane + 1).max().orElse(0);
    return Math.max(known, Checkpoint.lanes(directory));
  }

  private static @Nullable Checkpoint openCheckpoint(Path directory, int lanes) {
    try {
      return Checkpoint.open(directory, lanes);
    } catch (IOException e) {
      log.error("Cannot open the checkpoint in {}: {}", directory, e.toString());
      return null;
    }
  }

  /// Links the segments that are to be read, gives the others to the store, and deletes those that
  /// nothing was ever written to. The room that the last one has left is given free: an edge that
  /// is killed again and again would soon have spent its budget on it.
  private @Nullable Segment link(List<Segment> segments, LaneState state) throws IOException {
    List<Segment> left = new ArrayList<>(segments);
    left.sort(Comparator.comparingLong(Segment::ordinal));
    while (!left.isEmpty() && isUnused(left.getLast())) {
      parts.store().discard(left.removeLast());
    }
    if (!left.isEmpty()) {
      left.add(cut(left.removeLast()));
    }
    while (!isEverythingResent && !left.isEmpty() && left.getFirst().ordinal() < state.ordinal()) {
      Segment acknowledged = left.removeFirst();
      long sinceMs = Files.getLastModifiedTime(acknowledged.file()).toMillis();
      parts.store().keep(acknowledged, sinceMs);
    }
    for (int i = 1; i < left.size(); i++) {
      left.get(i - 1).goOnIn(left.get(i));
    }
    return left.isEmpty() ? null : left.getFirst();
  }

  /// The segment without what was never used. One that is damaged stays as it is.
  private Segment cut(Segment segment) {
    try {
      long end = endOfFrames(segment);
      if (end == segment.sizeBytes()) {
        return segment;
      }
      parts.disk().cut(segment.file(), (int) end);
      parts.store().cut(segment.sizeBytes() - end);
      return Segment.left(segment.file(), segment.ordinal(), end);
    } catch (IOException | RuntimeException | InternalError e) {
      log.error("Cannot cut {}: {}", segment.file(), e.toString());
      return segment;
    }
  }

  /// Where the last frame ends, or the segment's end when there is anything but whole frames.
  private long endOfFrames(Segment segment) throws IOException {
    try {
      MemorySegment memory = segment.map(parts.disk());
      FrameCursor frames = new FrameCursor(memory, Segment.HEADER_BYTES, 0);
      long end = frames.end();
      while (frames.next(memory.byteSize())) {
        end = frames.end();
      }
      boolean isWhole = SegmentHeader.damagedBytes(memory) == 0 && frames.damagedBytes() == 0;
      return isWhole ? end : segment.sizeBytes();
    } finally {
      segment.unmap();
    }
  }

  /// A segment that cannot be read is none: its lane says so when it comes to it.
  private boolean isUnused(Segment segment) {
    try {
      MemorySegment memory = segment.map(parts.disk());
      boolean hasHeader = SegmentHeader.damagedBytes(memory) == 0;
      // A kill may come between the making of the file and the writing of its header.
      long from = hasHeader ? Segment.HEADER_BYTES : 0;
      return memory.byteSize() > 0 && !new FrameCursor(memory, from, 0).hasBytes(memory.byteSize());
    } catch (IOException | RuntimeException | InternalError e) {
      log.error("Cannot read {}: {}", segment.file(), e.toString());
      return false;
    } finally {
      segment.unmap();
    }
  }
}
