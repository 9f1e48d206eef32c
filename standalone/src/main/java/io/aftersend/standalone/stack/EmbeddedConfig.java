package io.aftersend.standalone.stack;

import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// How the embedded Kafka and ClickHouse are run.
///
/// @param dataDirectory holds all that they keep
/// @param kafkaPort 0: any free one
/// @param clickHousePort 0: any free one
/// @param allowedHosts names that ClickHouse answers to besides loopback's
/// @param clickHouseMemoryBytes null: a share of the machine's
public record EmbeddedConfig(
    Path dataDirectory,
    String kafkaHost,
    int kafkaPort,
    String clickHouseHost,
    int clickHousePort,
    Optional<String> clickHousePassword,
    Set<String> allowedHosts,
    @Nullable Long clickHouseMemoryBytes) {
  private static final long MIN_MEMORY_BYTES = 256L << 20;
  private static final long MAX_MEMORY_BYTES = 1L << 50;

  public EmbeddedConfig {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /// Reads the configuration.
  ///
  /// @param values by whole key
  /// @throws io.aftersend.runtime.config.ConfigException with all problems at once
  public static EmbeddedConfig from(Map<String, String> values) {
    ConfigReader reader = ConfigReader.of(values);
    EmbeddedConfig config =
        new EmbeddedConfig(
            reader.path(ConfigKey.DATA_DIR),
            reader.text(ConfigKey.KAFKA_HOST),
            reader.port(ConfigKey.KAFKA_PORT),
            reader.text(ConfigKey.CLICKHOUSE_HOST),
            reader.port(ConfigKey.CLICKHOUSE_PORT),
            Optional.ofNullable(reader.textOrNull(ConfigKey.CLICKHOUSE_PASSWORD)),
            Set.copyOf(reader.list(ConfigKey.CLICKHOUSE_ALLOWED_HOSTS)),
            reader.bytesOrNull(
                ConfigKey.CLICKHOUSE_MAX_MEMORY, MIN_MEMORY_BYTES, MAX_MEMORY_BYTES));
    reader.throwIfInvalid();
    return config;
  }

  @Override
  public String toString() {
    return "EmbeddedConfig[" + dataDirectory + "]";
  }
}
