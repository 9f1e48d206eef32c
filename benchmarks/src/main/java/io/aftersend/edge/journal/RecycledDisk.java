package io.aftersend.edge.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A few mapped files that are handed out again and again, and never forced: a benchmark appends
/// faster than any disk gets rid of the bytes, and it is the writer's thread that it measures. Safe
/// for any thread.
final class RecycledDisk implements SegmentDisk {
  /// The one that is written to, those that are ready, and one that was just left.
  private static final int FILES = 4;

  private final List<MemorySegment> files = new ArrayList<>();
  private final SegmentDisk disk = new MappedDisk();
  private int next;

  /// Makes all files now, so that the first segments come as quickly as all others.
  RecycledDisk(Path directory, long sizeBytes) throws IOException {
    disk.createDirectory(directory);
    for (int i = 0; i < FILES; i++) {
      Path file = directory.resolve("recycled-" + i);
      files.add(disk.create(file, sizeBytes, Arena.global(), () -> {}));
    }
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    disk.createDirectory(directory);
  }

  @Override
  public synchronized MemorySegment create(Path file, long sizeBytes, Arena arena, Runnable rest) {
    next = (next + 1) % FILES;
    return files.get(next);
  }

  @Override
  public MemorySegment open(Path file, Arena arena) {
    throw new UnsupportedOperationException("expected nobody to read");
  }

  @Override
  public void force(MemorySegment memory, long from, long to) {
    // Not what is measured.
  }

  @Override
  public void forget(Path file, MemorySegment memory) {
    // It is used again at once.
  }

  @Override
  public void cut(Path file, int sizeBytes) {
    throw new UnsupportedOperationException("expected nobody to leave one");
  }

  @Override
  public void delete(Path file) {
    // There is no file of that name.
  }
}
