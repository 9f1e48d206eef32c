package io.aftersend.embedded.clickhouse;

import io.aftersend.embedded.EmbeddedStartException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The directory where the ClickHouse engine's library is kept, fetched into it once per version.
///
/// Thread-safe, also between processes: of several that need the library at once, one fetches it
/// and the others wait.
public final class EngineStore {
  private static final String DIRECTORY_VARIABLE = "AFTERSEND_ENGINE_DIR";
  private static final String LOCK_FILE = "fetch.lock";
  private static final String WORK_PREFIX = "fetch-";
  private static final Object FETCHING = new Object();

  private final Path root;
  private final EngineRelease release;
  private final List<String> npm;

  /// @param root holds one directory per version
  /// @param release what to fetch
  /// @param npm the command of the npm client, e.g. `npm`
  EngineStore(Path root, EngineRelease release, List<String> npm) {
    this.root = root;
    this.release = release;
    this.npm = List.copyOf(npm);
  }

  /// The store of this user and machine: `AFTERSEND_ENGINE_DIR`, else `~/.cache/aftersend/engine`.
  ///
  /// @throws EmbeddedStartException when there is no engine for this machine
  public static EngineStore ofMachine(Map<String, String> environment)
      throws EmbeddedStartException {
    String configured = environment.get(DIRECTORY_VARIABLE);
    Path root =
        configured != null && !configured.isBlank()
            ? Path.of(configured)
            : Path.of(System.getProperty("user.home"), ".cache", "aftersend", "engine");
    return new EngineStore(root.toAbsolutePath(), EngineRelease.ofMachine(), List.of("npm"));
  }

  /// How far a fetch has come; called from the fetching thread a few times a second.
  public interface Progress {
    /// Told after some more bytes, or when a step begins.
    ///
    /// @param step what is being done, in one or two words
    /// @param bytes done so far in this step
    /// @param expectedBytes of this step in all, roughly
    void at(String step, long bytes, long expectedBytes);
  }

  /// Where the library is, or will be.
  public Path library() {
    return root.resolve(release.version()).resolve(release.libraryFile());
  }

  /// Whether [#require] has nothing to fetch.
  public boolean isPresent() {
    return Files.isRegularFile(library());
  }

  /// The library, fetched first if it is missing.
  ///
  /// @throws EmbeddedStartException in one line, when npm, the network, the checksum or the disk
  ///   fails
  public Path require(Progress progress) throws EmbeddedStartException {
    if (isPresent()) {
      return library();
    }
    try {
      Files.createDirectories(root);
      // Within a process the operating system's lock would not wait but fail.
      synchronized (FETCHING) {
        fetchAlone(progress);
      }
      return library();
    } catch (IOException e) {
      throw new EmbeddedStartException(
          "The ClickHouse engine cannot be stored in " + root + ": " + reason(e), e);
    }
  }

  private void fetchAlone(Progress progress) throws IOException, EmbeddedStartException {
    try (FileChannel channel =
        FileChannel.open(
            root.resolve(LOCK_FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        progress.at("waiting for another fetch", 0, release.packedBytes());
        lock = channel.lock();
      }
      try {
        if (!isPresent()) {
          fetch(progress);
        }
      } finally {
        lock.release();
      }
    }
  }

  private void fetch(Progress progress) throws IOException, EmbeddedStartException {
    clearLeftovers();
    long needed = release.packedBytes() + release.unpackedBytes();
    long usable = Files.getFileStore(root).getUsableSpace();
    if (usable < needed) {
      throw new EmbeddedStartException(
          "The ClickHouse engine needs %d MB in %s, there are %d MB; free some or set %s"
              .formatted(needed >> 20, root, usable >> 20, DIRECTORY_VARIABLE));
    }
    Path work = Files.createTempDirectory(root, WORK_PREFIX);
    try {
      Path packed = new NpmPack(npm, release).fetch(work, progress);
      release.verify(packed);
      Path unpacked = Files.createDirectory(work.resolve("unpacked"));
      TarFile.extract(
          packed,
          "package/" + release.packedFile(),
          unpacked.resolve(release.libraryFile()),
          bytes -> progress.at("unpacking", bytes, release.unpackedBytes()));
      Files.move(unpacked, root.resolve(release.version()), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      deleteAll(work);
    }
  }

  /// What a killed fetch left behind; whoever holds the lock may remove it.
  private void clearLeftovers() throws IOException {
    try (Stream<Path> entries = Files.list(root)) {
      entries
          .filter(entry -> entry.getFileName().toString().startsWith(WORK_PREFIX))
          .forEach(EngineStore::deleteAll);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  private static void deleteAll(Path directory) {
    try (Stream<Path> paths = Files.walk(directory)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | UncheckedIOException leftBehind) {
      // What stays is a temporary directory that no one reads; the fetch itself has its own
      // outcome.
    }
  }
}
