package io.aftersend.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// The exclusive right to one data directory, held by a lock on a file inside it.
///
/// The operating system drops it when the process ends, however it ends, so that a crash never
/// leaves a directory locked.
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE = "aftersend.lock";

  private final FileChannel channel;
  private final FileLock lock;

  private DirectoryLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /// Creates the directory when it is missing and locks it.
  ///
  /// @param owner what the directory belongs to, for the message, e.g. `Kafka`
  /// @throws EmbeddedStartException when another owner has it or it cannot be written
  public static DirectoryLock take(Path directory, String owner) throws EmbeddedStartException {
    try {
      Files.createDirectories(directory);
      FileChannel channel =
          FileChannel.open(
              directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw new EmbeddedStartException(
            owner
                + " data directory "
                + directory
                + " is in use by another process; stop it first");
      }
      return new DirectoryLock(channel, lock);
    } catch (IOException e) {
      throw new EmbeddedStartException(
          owner + " data directory " + directory + " cannot be written: " + e, e);
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException heldInThisProcess) {
      return null;
    }
  }

  @Override
  public void close() {
    try {
      lock.release();
      channel.close();
    } catch (IOException ignoredBecauseTheProcessEndReleasesIt) {
      // Nothing depends on this release: the lock ends with the process at the latest.
    }
  }
}
