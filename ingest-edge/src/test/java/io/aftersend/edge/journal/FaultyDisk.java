package io.aftersend.edge.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A real disk that fails when it is told to.
final class FaultyDisk implements SegmentDisk {
  private final MappedDisk disk = new MappedDisk();

  volatile boolean isFull;
  volatile boolean isForceFailing;
  volatile boolean isForceHeld;

  /// The bounds of all forced writes that succeeded, per mapping's address.
  final List<Long> forced = Collections.synchronizedList(new ArrayList<>());

  /// Addresses of the mappings whose forced write failed, one entry per attempt.
  final List<Long> refused = Collections.synchronizedList(new ArrayList<>());

  @Override
  public void createDirectory(Path directory) throws IOException {
    disk.createDirectory(directory);
  }

  @Override
  public MemorySegment create(Path file, long sizeBytes, Arena arena, Runnable rest)
      throws IOException {
    if (isFull) {
      throw new IOException("No space left on device");
    }
    return disk.create(file, sizeBytes, arena, rest);
  }

  @Override
  public MemorySegment open(Path file, Arena arena) throws IOException {
    return disk.open(file, arena);
  }

  @Override
  public void force(MemorySegment memory, long from, long to) throws IOException {
    while (isForceHeld) {
      Thread.onSpinWait();
    }
    if (isForceFailing) {
      refused.add(memory.address());
      throw new IOException("Input/output error");
    }
    disk.force(memory, from, to);
    forced.add(memory.address());
  }

  @Override
  public void forget(Path file, MemorySegment memory) {
    disk.forget(file, memory);
  }

  @Override
  public void cut(Path file, int sizeBytes) throws IOException {
    disk.cut(file, sizeBytes);
  }

  @Override
  public void delete(Path file) throws IOException {
    disk.delete(file);
  }
}
