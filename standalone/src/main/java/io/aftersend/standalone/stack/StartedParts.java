package io.aftersend.standalone.stack;

import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has been started so far, to be stopped in the order of [Stage]. Thread-safe.
final class StartedParts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(StartedParts.class);

  private final Map<Stage, AutoCloseable> parts = new EnumMap<>(Stage.class);
  private boolean isClosed;

  /// Takes a part over. One that comes too late is closed at once.
  <T extends AutoCloseable> T add(Stage stage, T part) {
    synchronized (this) {
      if (!isClosed) {
        parts.put(stage, part);
        return part;
      }
    }
    close(stage, part);
    return part;
  }

  /// Stops everything. What one part throws does not keep the others from being stopped.
  @Override
  public void close() {
    Map<Stage, AutoCloseable> toClose;
    synchronized (this) {
      isClosed = true;
      toClose = new EnumMap<>(parts);
      parts.clear();
    }
    toClose.forEach(StartedParts::close);
  }

  private static void close(Stage stage, AutoCloseable part) {
    long startNs = System.nanoTime();
    try {
      part.close();
      log.info("stopped {} in {} ms", stage.title(), (System.nanoTime() - startNs) / 1_000_000);
    } catch (Exception e) {
      log.warn("{} did not stop as it should", stage.title(), e);
    }
  }
}
