package io.aftersend.standalone.command;

import io.aftersend.runtime.config.ConfigSource;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The options of every command that reads the configuration.
final class CommonOptions {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Properties file with AFTERSEND_* keys; the environment wins.")
  private @Nullable Path config;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help.")
  @SuppressWarnings("UnusedVariable") // picocli reads it
  private boolean isHelpAsked;

  /// The configuration's values by key.
  ///
  /// @throws io.aftersend.runtime.config.ConfigException when the file cannot be used
  Map<String, String> values(Map<String, String> environment) {
    return ConfigSource.load(environment, config);
  }
}
