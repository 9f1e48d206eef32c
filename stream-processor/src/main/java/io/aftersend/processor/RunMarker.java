package io.aftersend.processor;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A file in the state directory that is there while the topology runs: who finds it at the start
/// knows that the last run did not end cleanly.
final class RunMarker {
  private static final Logger log = LoggerFactory.getLogger(RunMarker.class);

  private final Path file;

  RunMarker(Path stateDirectory) {
    this.file = stateDirectory.resolve("running");
  }

  /// Puts the marker there.
  ///
  /// @return whether it was there already
  /// @throws StartupException where the directory cannot be used
  boolean set() {
    try {
      if (Files.exists(file)) {
        return true;
      }
      Files.createDirectories(file.getParent());
      Files.createFile(file);
      return false;
    } catch (IOException e) {
      throw new StartupException(
          "cannot use the state directory " + file.getParent() + ": " + e, e);
    }
  }

  /// Takes the marker away after a clean end.
  void remove() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("{} cannot be deleted: the next start will rebuild the state", file, e);
    }
  }
}
