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
  private static final int WRITE_BYTES = 256 * 1024;
  private static final int PAGE_BYTES = 4096;

  @Override
  public void createDirectory(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      Files.createDirectories(directory);
      forceDirectoryOf(directory);
    }
  }

  @Override
  public MemorySegment create(Path file, long sizeBytes, Arena arena) throws IOException {
    Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
    try (FileChannel channel =
        FileChannel.open(
            unfinished,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      fill(channel, sizeBytes);
      channel.force(true);
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
      forceDirectoryOf(file);
      MemorySegment memory = channel.map(MapMode.READ_WRITE, 0, sizeBytes, arena);
      for (long at = 0; at < sizeBytes; at += PAGE_BYTES) {
        memory.set(ValueLayout.JAVA_BYTE, at, (byte) 0);
      }
      return memory;
    } catch (IOException e) {
      Files.deleteIfExists(unfinished);
      Files.deleteIfExists(file);
      throw e;
    }
  }

  private static void fill(FileChannel channel, long sizeBytes) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocateDirect(WRITE_BYTES);
    long written = 0;
    while (written < sizeBytes) {
      zeros.position(0).limit((int) Math.min(WRITE_BYTES, sizeBytes - written));
      written += channel.write(zeros, written);
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
  public void delete(Path file) throws IOException {
    Files.deleteIfExists(file);
  }
}
