package io.aftersend.standalone.access;

import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.runtime.lifecycle.StartupException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Where the tools find a running Aftersend and whom they work for: from `up.json` in the data
/// directory, each part overridden by its key `AFTERSEND_EDGE_URL`, `_API_URL`, `_CLICKHOUSE_URL`,
/// `_TENANT`, `_KEY`. What is in neither place is missed only when it is asked for. Immutable.
public final class Access {
  private final @Nullable String edgeUrl;
  private final @Nullable String apiUrl;
  private final @Nullable String clickHouseUrl;
  private final @Nullable String kafka;
  private final @Nullable String tenant;
  private final @Nullable String key;
  private final boolean isKeyGiven;
  private final Path upFile;

  private Access(ConfigReader reader, UpFile upFile, @Nullable ReadyFields up) {
    String givenKey = reader.textOrNull(ConfigKey.KEY);
    this.edgeUrl = either(url(reader, ConfigKey.EDGE_URL), up == null ? null : up.edge());
    this.apiUrl = either(url(reader, ConfigKey.API_URL), up == null ? null : up.api());
    this.clickHouseUrl =
        either(url(reader, ConfigKey.CLICKHOUSE_URL), up == null ? null : up.clickhouse());
    this.kafka =
        either(reader.textOrNull(ConfigKey.KAFKA_BOOTSTRAP), up == null ? null : up.kafka());
    this.tenant = either(reader.textOrNull(ConfigKey.TENANT), up == null ? null : up.tenant());
    this.key = either(givenKey, up == null ? null : up.key());
    this.isKeyGiven = givenKey != null;
    this.upFile = upFile.path();
  }

  /// Reads configuration and `up.json`.
  ///
  /// @throws StartupException when one of them is wrong
  public static Access of(Map<String, String> values) {
    ConfigReader reader = ConfigReader.of(values);
    UpFile upFile = new UpFile(reader.path(ConfigKey.DATA_DIR));
    ReadyFields up = upFile.read();
    Access access = new Access(reader, upFile, up);
    reader.throwIfInvalid();
    return access;
  }

  private static @Nullable String url(ConfigReader reader, ConfigKey key) {
    URI url = reader.uriOrNull(key);
    return url == null ? null : url.toString();
  }

  private static @Nullable String either(@Nullable String given, @Nullable String running) {
    return given == null ? running : given;
  }

  /// Base URL of the edge, without slash at its end.
  ///
  /// @throws StartupException when it is not known
  public String edgeUrl() {
    return known(edgeUrl, ConfigKey.EDGE_URL);
  }

  /// Base URL of the API, without slash at its end.
  ///
  /// @throws StartupException when it is not known
  public String apiUrl() {
    return known(apiUrl, ConfigKey.API_URL);
  }

  /// Base URL of ClickHouse's HTTP interface, without slash at its end.
  ///
  /// @throws StartupException when it is not known
  public String clickHouseUrl() {
    return known(clickHouseUrl, ConfigKey.CLICKHOUSE_URL);
  }

  /// Brokers of Kafka, `host:port,…`.
  ///
  /// @throws StartupException when they are not known
  public String kafkaBootstrap() {
    return known(kafka, ConfigKey.KAFKA_BOOTSTRAP);
  }

  /// The tenant that the key is of; null when it is not known.
  public @Nullable String tenantOrNull() {
    return tenant;
  }

  /// The API key.
  ///
  /// @throws StartupException when it is not known
  public String key() {
    return known(key, ConfigKey.KEY);
  }

  /// Whether the key was given by the user, rather than found in `up.json`.
  public boolean isKeyGiven() {
    return isKeyGiven;
  }

  private String known(@Nullable String value, ConfigKey configKey) {
    if (value == null) {
      throw new StartupException(
          "no running aftersend found: there is no %s; start `./aftersend up`, or set %s"
              .formatted(upFile, configKey.key()));
    }
    return value;
  }

  @Override
  public String toString() {
    return "Access[edge=" + edgeUrl + ", api=" + apiUrl + ", tenant=" + tenant + ", key=***]";
  }
}
