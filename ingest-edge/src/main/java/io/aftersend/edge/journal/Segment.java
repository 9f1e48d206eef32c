package io.aftersend.edge.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// One file of a lane. The lane's writer fills it and then links the next one to it; everybody else
/// reads up to [#written()].
final class Segment {
  /// Where the first frame begins.
  static final int HEADER_BYTES = SegmentHeader.BYTES;

  private static final VarHandle WRITTEN;

  static {
    try {
      WRITTEN = MethodHandles.lookup().findVarHandle(Segment.class, "written", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final Path file;
  private final long ordinal;
  private final long sizeBytes;

  /// Null while a segment of an earlier journal is not mapped, and when the mapping has ended.
  private @Nullable Arena arena;

  private @Nullable MemorySegment memory;

  @SuppressWarnings("UnusedVariable") // Read through the handle.
  private long written;

  private volatile long durable = HEADER_BYTES;
  private volatile boolean isFailed;
  private volatile boolean isComplete;
  private volatile @Nullable Segment next;

  private Segment(Path file, long ordinal, long sizeBytes, long written) {
    this.file = file;
    this.ordinal = ordinal;
    this.sizeBytes = sizeBytes;
    this.written = written;
  }

  /// A new one, mapped and empty.
  static Segment create(SegmentDisk disk, Path file, long ordinal, long sizeBytes, Runnable rest)
      throws IOException {
    Segment segment = new Segment(file, ordinal, sizeBytes, HEADER_BYTES);
    Arena arena = Arena.ofShared();
    try {
      MemorySegment memory = disk.create(file, sizeBytes, arena, rest);
      SegmentHeader.write(memory);
      segment.arena = arena;
      segment.memory = memory;
      return segment;
    } catch (IOException | RuntimeException e) {
      arena.close();
      throw e;
    }
  }

  /// One that an earlier journal has left. Whatever its bytes are worth, nobody writes to it.
  static Segment left(Path file, long ordinal, long sizeBytes) {
    Segment segment = new Segment(file, ordinal, sizeBytes, sizeBytes);
    segment.isComplete = true;
    return segment;
  }

  /// Maps it if it is not mapped. Only for segments of earlier journals, and one thread.
  MemorySegment map(SegmentDisk disk) throws IOException {
    MemorySegment present = memory;
    if (present != null) {
      return present;
    }
    Arena opened = Arena.ofShared();
    try {
      MemorySegment mapped = disk.open(file, opened);
      arena = opened;
      memory = mapped;
      return mapped;
    } catch (IOException | RuntimeException e) {
      opened.close();
      throw e;
    }
  }

  /// Ends the mapping. Nobody may read or write any more.
  void unmap() {
    Arena present = arena;
    arena = null;
    memory = null;
    if (present != null) {
      present.close();
    }
  }

  MemorySegment memory() {
    MemorySegment present = memory;
    if (present == null) {
      throw new IllegalStateException("segment " + file + " is not mapped");
    }
    return present;
  }

  Path file() {
    return file;
  }

  /// Its place among the segments of its lane, from 0.
  long ordinal() {
    return ordinal;
  }

  long sizeBytes() {
    return sizeBytes;
  }

  /// The end of what is written.
  long written() {
    return (long) WRITTEN.getAcquire(this);
  }

  /// The writer's word that everything before is written. Cheaper than a volatile write.
  void written(long end) {
    WRITTEN.setRelease(this, end);
  }

  /// The end of what has been forced to the disk.
  long durable() {
    return durable;
  }

  void durable(long end) {
    durable = end;
  }

  /// Whether the disk refused a write: what is not durable yet never will be.
  boolean isFailed() {
    return isFailed;
  }

  void fail() {
    isFailed = true;
  }

  /// Whether nothing more will be written to it.
  boolean isComplete() {
    return isComplete;
  }

  /// The writer's, or the reopener's, word that it goes on in another segment.
  void goOnIn(Segment following) {
    next = following;
    isComplete = true;
  }

  /// The writer's word that nothing follows.
  void complete() {
    isComplete = true;
  }

  @Nullable Segment next() {
    return next;
  }
}
