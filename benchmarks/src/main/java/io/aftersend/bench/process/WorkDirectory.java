package io.aftersend.bench.process;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A directory of one measurement. Closing it deletes it with all that is in it.
public record WorkDirectory(Path path) implements AutoCloseable {
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

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot clear " + path, e);
    }
  }
}
