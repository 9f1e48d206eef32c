package io.aftersend.bench.process;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A directory of one measurement. Closing it deletes it with all that is in it, unless it is kept.
///
/// @param isKept whether it stays for a later measurement
public record WorkDirectory(Path path, boolean isKept) implements AutoCloseable {
  /// One that goes.
  public WorkDirectory(Path path) {
    this(path, false);
  }

  /// Makes one in `benchmarks/target`.
  ///
  /// @param root of the checkout
  /// @param prefix what its name begins with
  /// @throws StartupException when it cannot be made
  public static WorkDirectory make(Path root, String prefix) {
    try {
      Path target = Files.createDirectories(root.resolve("benchmarks").resolve("target"));
      return new WorkDirectory(Files.createTempDirectory(target.toAbsolutePath(), prefix));
    } catch (IOException e) {
      throw new StartupException("cannot make a directory for the measurement: " + e, e);
    }
  }

  /// One that stays, made unless it is there.
  ///
  /// @throws StartupException when it cannot be made
  public static WorkDirectory kept(Path path) {
    try {
      return new WorkDirectory(Files.createDirectories(path.toAbsolutePath()), true);
    } catch (IOException e) {
      throw new StartupException("cannot make " + path + ": " + e, e);
    }
  }

  @Override
  public void close() {
    if (isKept) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + path, e);
    }
  }
}
