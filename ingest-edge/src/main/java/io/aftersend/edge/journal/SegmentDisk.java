package io.aftersend.edge.journal;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/// What the journal asks of a disk; its one implementation outside tests is [MappedDisk]. Safe for
/// any thread.
interface SegmentDisk {
  /// Makes a directory whose name is on the disk too; does nothing when it is there.
  void createDirectory(Path directory) throws IOException;

  /// Makes a file whose bytes are really allocated, and maps it for writing.
  ///
  /// @param arena the mapping lives as long as it
  /// @param rest is called between pieces of the work, each far less than a millisecond long
  /// @throws IOException also when the disk is full; no file is left then
  MemorySegment create(Path file, long sizeBytes, Arena arena, Runnable rest) throws IOException;

  /// Maps a whole file for reading.
  MemorySegment open(Path file, Arena arena) throws IOException;

  /// Returns once the bytes are on the disk.
  void force(MemorySegment memory, long from, long to) throws IOException;

  /// Lets go of what is held of a file in memory. It can still be read.
  ///
  /// @param memory the file's mapping
  void forget(Path file, MemorySegment memory);

  /// Shortens a segment's file, whose header then says so. A crash in between leaves all bytes
  /// before the new end.
  void cut(Path file, int sizeBytes) throws IOException;

  /// Deletes a file if it is there.
  void delete(Path file) throws IOException;
}
