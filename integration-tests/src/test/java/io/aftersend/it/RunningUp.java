package io.aftersend.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/// Gives tests one `aftersend up`, the same for all classes of a run; tests keep apart by their
/// campaigns.
final class RunningUp implements ParameterResolver {
  private static final Namespace NAMESPACE = Namespace.create(RunningUp.class);

  /// The process, its client, and the settings with which its companions find it.
  record Up(AftersendProcess process, Client client, Path directory, Map<String, String> settings)
      implements AutoCloseable {
    @Override
    public void close() {
      process.close();
    }
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext extension) {
    return parameter.getParameter().getType() == Up.class;
  }

  @Override
  public Up resolveParameter(ParameterContext parameter, ExtensionContext extension) {
    return extension
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(Up.class, type -> start(), Up.class);
  }

  private static Up start() {
    try {
      return startIn(Files.createTempDirectory("aftersend-up"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Starts `up` with all its data in the directory and on free ports.
  static Up startIn(Path directory) {
    Map<String, String> settings = settings(directory);
    settings.put("AFTERSEND_PLACES_FILE", KnownPlaces.in(directory).toString());
    AftersendProcess process = AftersendProcess.start(directory, settings, "up");
    return new Up(process, Client.of(process.ready()), directory, settings);
  }

  /// Settings that keep everything in the directory and take any free port.
  static Map<String, String> settings(Path directory) {
    Map<String, String> settings = new HashMap<>();
    settings.put("AFTERSEND_DATA_DIR", directory.resolve("data").toString());
    for (String port :
        new String[] {
          "EDGE_PORT",
          "EDGE_ADMIN_PORT",
          "PROCESSOR_ADMIN_PORT",
          "API_PORT",
          "KAFKA_PORT",
          "CLICKHOUSE_PORT"
        }) {
      settings.put("AFTERSEND_" + port, "0");
    }
    settings.put("AFTERSEND_API_WEBHOOK_ALLOWED_NETWORKS", "127.0.0.1");
    return settings;
  }
}
