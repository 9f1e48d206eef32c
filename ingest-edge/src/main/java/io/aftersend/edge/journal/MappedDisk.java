package io.aftersend.edge.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Memory-mapped files. A new one is written full of zeros and forced before it is mapped: a sparse
/// one would end the process with SIGBUS when the disk is full. Its pages are touched, so that the
/// writer does not fault on them.
final class MappedDisk implements SegmentDisk {
  static final String UNFINISHED = ".new";
  private static final int PAGE_BYTES = 4096;
  private static final int PIECE_BYTES = 512 * 1024;

  /// How much is left to one forced write: the kernel prepares each without giving way.
  private static final int FORCED_BYTES = 4 * 1024 * 1024;

  @Override
  public void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      forceDirectoryOf(directory);
    }
  }

  @Override
  public MemorySegment create(Path file, long sizeBytes, Arena arena, Runnable rest)
      throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      fill(channel, sizeBytes, rest);
      channel.force(true);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectoryOf(file);
      MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, sizeBytes, arena);
      touch(memory, rest);
      return memory;
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void fill(FileChannel channel, long sizeBytes, Runnable rest) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(PIECE_BYTES);
    long written = 0;
    long forced = 0;
    while (written < sizeBytes) {
      zeros.position(0).limit((int) Math.min(PIECE_BYTES, sizeBytes - written));
      written += channel.write(zeros, written);
      if (written - forced >= FORCED_BYTES) {
        channel.force(false);
        forced = written;
      }
      rest.run();
    }
  }

  private static void touch(MemorySegment memory, Runnable rest) {
    for (long at = 0; at < memory.byteSize(); at += PAGE_BYTES) {
      memory.set(ValueLayout.JAVA_BYTE, at, (byte) 0);
      if ((at & (PIECE_BYTES - 1)) == 0) {
        rest.run();
      }
    }
  }

  private static void forceDirectoryOf(Path file) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  @Override
  public MemorySegment open(Path file, Arena arena) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
    }
  }

  @Override
  public void force(MemorySegment memory, long from, long to) throws IOException {
    try {
      memory.asSlice(from, to - from).force();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  @Override
  public void forget(Path file, MemorySegment memory) {
    PageCache.drop(file, memory);
  }

  @Override
  public void cut(Path file, int sizeBytes) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(SegmentHeader.of(sizeBytes)), 0);
      // A file longer than its header says is whole, a shorter one is damaged.
      channel.force(false);
      channel.truncate(sizeBytes);
    }
  }

  @Override
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
