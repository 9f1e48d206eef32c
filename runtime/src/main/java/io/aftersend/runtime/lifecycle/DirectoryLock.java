package io.aftersend.runtime.lifecycle;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The exclusive right of one running program to a directory, kept in the file `aftersend.lock`
/// there. The operating system gives it back when the process ends in any way, so a lock is never
/// stale; the file itself stays.
///
/// Safe for any thread.
public final class DirectoryLock implements AutoCloseable {
  private static final String FILE_NAME = "aftersend.lock";

  /// The directories that this JVM holds. A second attempt must be refused before it opens the
  /// file: POSIX drops a process's lock when it closes any descriptor of the file.
  private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /// Takes the lock of `directory`, which is made when it does not exist.
  ///
  /// @throws StartupException when another program, or this one, has it already, or the directory
  ///   cannot be made or written
  public static DirectoryLock acquire(Path directory) {
    Path real;
    try {
      Files.createDirectories(directory);
      real = directory.toRealPath();
    } catch (IOException e) {
      throw unusable(directory, e);
    }
    if (!HELD_HERE.add(real)) {
      throw taken(real, Long.toString(ProcessHandle.current().pid()));
    }
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              real.resolve(FILE_NAME),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw taken(real, readPid(channel));
      }
      writePid(channel);
      return new DirectoryLock(real, channel);
    } catch (IOException e) {
      release(real, channel);
      throw unusable(real, e);
    } catch (RuntimeException e) {
      release(real, channel);
      throw e;
    }
  }

  /// The real path of the directory.
  public Path directory() {
    return directory;
  }

  /// Gives the directory free. Further calls do nothing.
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      release(directory, channel);
    }
  }

  private static void release(Path directory, @Nullable FileChannel channel) {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // The lock belongs to the process: its end gives it free where close() could not.
    } finally {
      HELD_HERE.remove(directory);
    }
  }

  private static void writePid(FileChannel channel) throws IOException {
    channel.truncate(0);
    String pid = ProcessHandle.current().pid() + "\n";
    channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static String readPid(FileChannel channel) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(32);
    channel.read(bytes, 0);
    String pid = new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII).strip();
    return pid.isEmpty() ? "unknown" : pid;
  }

  private static StartupException taken(Path directory, String pid) {
    return new StartupException(
        "another aftersend already runs on "
            + directory
            + " (pid "
            + pid
            + "): stop it first, or give this one a directory of its own");
  }

  private static StartupException unusable(Path directory, IOException e) {
    return new StartupException(
        "cannot use the directory " + directory.toAbsolutePath() + ": " + reason(e), e);
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
