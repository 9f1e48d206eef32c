package io.aftersend.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A place for an edge in a process of its own: its settings, and the data that outlives it.
///
/// Each start takes free ports. Keeping the port of an edge that was killed would be no help: while
/// nobody listens on a port of the range for outgoing connections, any connection may get it.
record EdgeSite(Path directory, Map<String, String> settings) {
  EdgeSite {
    settings = Map.copyOf(settings);
  }

  /// @param directory holds the edge's data alone
  /// @param bootstrap the brokers, which need not be there
  static EdgeSite in(Path directory, Path tenantsFile, String bootstrap) {
    return new EdgeSite(
        directory,
        Map.of(
            "AFTERSEND_DATA_DIR",
            directory.toString(),
            "AFTERSEND_TENANTS_FILE",
            tenantsFile.toString(),
            "AFTERSEND_KAFKA_BOOTSTRAP",
            bootstrap,
            "AFTERSEND_EDGE_PORT",
            "0",
            "AFTERSEND_EDGE_ADMIN_PORT",
            "0"));
  }

  EdgeSite with(String key, String value) {
    Map<String, String> changed = new HashMap<>(settings);
    changed.put(key, value);
    return new EdgeSite(directory, changed);
  }

  AftersendProcess start() {
    return start(AftersendProcess.startingFast());
  }

  AftersendProcess start(List<String> jvmOptions) {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return AftersendProcess.start(jvmOptions, directory, settings, "edge");
  }
}
