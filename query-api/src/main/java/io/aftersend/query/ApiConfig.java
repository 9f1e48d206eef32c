package io.aftersend.query;

import io.aftersend.links.TargetUrls;
import io.aftersend.query.clickhouse.ClickHouseAddress;
import io.aftersend.query.webhook.receiver.AddressRules;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration of the API service.
///
/// @param publicUrl base of tracked URLs; null: the edge's own
/// @param edgePort 0 where nobody can know the edge's port
/// @param clickSchemes schemes that click targets may have besides the standard ones
/// @param webhookAddresses where webhooks may be sent to
/// @param effective the values as they are printed at start, secrets masked
public record ApiConfig(
    Http http,
    ClickHouseAddress clickHouse,
    Duration queryTimeout,
    Kafka kafka,
    Path tenantsFile,
    int heatmapMinMessages,
    @Nullable URI publicUrl,
    String edgeHost,
    int edgePort,
    List<String> clickSchemes,
    AddressRules webhookAddresses,
    String effective) {
  private static final Duration MIN_QUERY_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_QUERY_TIMEOUT = Duration.ofMinutes(10);
  private static final long MIN_BODY_BYTES = 1024;
  private static final long MAX_BODY_BYTES = 256L * 1024 * 1024;
  private static final int MAX_CSV_ROWS = 10_000_000;
  private static final int MAX_MIN_MESSAGES = 1_000_000;

  /// What clients reach and what they may send and get.
  ///
  /// @param port 0: any free one
  public record Http(String host, int port, long maxBodyBytes, int maxCsvRows) {}

  /// Where changes of campaigns are published.
  public record Kafka(String bootstrap, String topicPrefix) {}

  /// Reads the configuration.
  ///
  /// @param values by whole key, such as `AFTERSEND_API_PORT`
  /// @throws io.aftersend.runtime.config.ConfigException with all problems at once
  public static ApiConfig from(Map<String, String> values) {
    ConfigReader reader = ConfigReader.of(values);
    ApiConfig config = from(reader);
    reader.throwIfInvalid();
    return config;
  }

  private static ApiConfig from(ConfigReader reader) {
    Http http =
        new Http(
            reader.text(ConfigKey.API_HOST),
            reader.port(ConfigKey.API_PORT),
            reader.bytes(ConfigKey.API_MAX_BODY, MIN_BODY_BYTES, MAX_BODY_BYTES),
            reader.count(ConfigKey.API_MAX_ROWS, 1, MAX_CSV_ROWS));
    ClickHouseAddress clickHouse = clickHouse(reader);
    Duration queryTimeout =
        reader.duration(ConfigKey.API_QUERY_TIMEOUT, MIN_QUERY_TIMEOUT, MAX_QUERY_TIMEOUT);
    Kafka kafka =
        new Kafka(reader.brokers(ConfigKey.KAFKA_BOOTSTRAP), reader.text(ConfigKey.TOPIC_PREFIX));
    Path tenantsFile = reader.tenantsFile();
    int minMessages = reader.count(ConfigKey.HEATMAP_MIN_MESSAGES, 0, MAX_MIN_MESSAGES);
    URI publicUrl = reader.uriOrNull(ConfigKey.PUBLIC_URL);
    String edgeHost = reader.text(ConfigKey.EDGE_HOST);
    int edgePort = reader.port(ConfigKey.EDGE_PORT);
    List<String> schemes = clickSchemes(reader);
    AddressRules webhookAddresses = webhookAddresses(reader);
    return new ApiConfig(
        http,
        clickHouse,
        queryTimeout,
        kafka,
        tenantsFile,
        minMessages,
        publicUrl,
        edgeHost,
        edgePort,
        schemes,
        webhookAddresses,
        reader.effective());
  }

  private static ClickHouseAddress clickHouse(ConfigReader reader) {
    URI url = reader.uriOrNull(ConfigKey.CLICKHOUSE_URL);
    if (url == null) {
      reader.problem(
          ConfigKey.CLICKHOUSE_URL, "expected the URL of a ClickHouse server, got nothing");
      url = URI.create("http://localhost");
    }
    String database = reader.text(ConfigKey.CLICKHOUSE_DATABASE);
    if (!database.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      reader.problem(
          ConfigKey.CLICKHOUSE_DATABASE,
          "expected letters, digits and underscores, got \"" + database + "\"");
    }
    return new ClickHouseAddress(
        url,
        reader.text(ConfigKey.CLICKHOUSE_USER),
        reader.textOrNull(ConfigKey.CLICKHOUSE_PASSWORD),
        database);
  }

  private static List<String> clickSchemes(ConfigReader reader) {
    List<String> schemes = reader.list(ConfigKey.EDGE_CLICK_SCHEMES);
    try {
      TargetUrls.withSchemes(schemes);
      return schemes;
    } catch (IllegalArgumentException e) {
      reader.problem(ConfigKey.EDGE_CLICK_SCHEMES, String.valueOf(e.getMessage()));
      return List.of();
    }
  }

  private static AddressRules webhookAddresses(ConfigReader reader) {
    try {
      return AddressRules.allowing(reader.list(ConfigKey.API_WEBHOOK_ALLOWED_NETWORKS));
    } catch (IllegalArgumentException e) {
      reader.problem(ConfigKey.API_WEBHOOK_ALLOWED_NETWORKS, String.valueOf(e.getMessage()));
      return AddressRules.allowing(List.of());
    }
  }
}
