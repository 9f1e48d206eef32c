package io.aftersend.query;

import io.aftersend.links.TargetUrls;
import io.aftersend.query.clickhouse.ClickHouseAddress;
import io.aftersend.query.clickhouse.QueryLimits;
import io.aftersend.query.oidc.OidcClient;
import io.aftersend.query.webhook.receiver.AddressRules;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.config.ConfigReader;
import io.aftersend.schemas.cluster.KafkaCluster;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The configuration of the API service.
///
/// @param publicUrl base of tracked URLs; null: the edge's own
/// @param edgePort 0 where nobody can know the edge's port
/// @param people how people sign in to the dashboard
/// @param clickSchemes schemes that click targets may have besides the standard ones
/// @param webhookAddresses where webhooks may be sent to
/// @param effective the values as they are printed at start, secrets masked
public record ApiConfig(
    Http http,
    ClickHouseAddress clickHouse,
    QueryLimits queryLimits,
    Kafka kafka,
    Path tenantsFile,
    int heatmapMinMessages,
    @Nullable URI publicUrl,
    String edgeHost,
    int edgePort,
    List<String> clickSchemes,
    People people,
    AddressRules webhookAddresses,
    String effective) {
  private static final Duration MIN_QUERY_TIMEOUT = Duration.ofMillis(100);
  private static final Duration MAX_QUERY_TIMEOUT = Duration.ofMinutes(10);
  private static final long MIN_BODY_BYTES = 1024;
  private static final long MAX_BODY_BYTES = 256L * 1024 * 1024;
  private static final int MAX_LIVE_READERS = 100_000;
  private static final int MAX_CSV_ROWS = 10_000_000;
  private static final int MAX_REQUESTS_PER_KEY = 1_000_000;
  private static final long MIN_QUERY_BYTES = 16L * 1024 * 1024;
  private static final long MAX_QUERY_BYTES = 1L << 40;
  private static final int MAX_MIN_MESSAGES = 1_000_000;
  private static final Duration MIN_SESSION_LIFETIME = Duration.ofMinutes(1);
  private static final Duration MAX_SESSION_LIFETIME = Duration.ofDays(30);

  /// What clients reach and what they may send and get.
  ///
  /// @param port 0: any free one
  /// @param maxRequestsPerKey of one API key, a second
  public record Http(
      String host,
      int port,
      long maxBodyBytes,
      int maxCsvRows,
      int maxLiveReaders,
      int maxRequestsPerKey) {}

  /// Where changes of campaigns are published.
  public record Kafka(KafkaCluster cluster, String topicPrefix) {}

  /// How people sign in to the dashboard.
  ///
  /// @param publicUrl where browsers reach it; null: as the request says
  /// @param oidc the identity provider; null where there is none
  public record People(
      @Nullable URI publicUrl, Duration sessionLifetime, @Nullable OidcClient oidc) {
    /// Whether browsers are known to come over TLS.
    boolean isSecure() {
      return publicUrl != null && "https".equalsIgnoreCase(publicUrl.getScheme());
    }
  }

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
            reader.count(ConfigKey.API_MAX_ROWS, 1, MAX_CSV_ROWS),
            reader.count(ConfigKey.API_LIVE_READERS, 1, MAX_LIVE_READERS),
            reader.count(ConfigKey.API_MAX_REQUESTS_PER_KEY, 1, MAX_REQUESTS_PER_KEY));
    ClickHouseAddress clickHouse = clickHouse(reader);
    QueryLimits queryLimits =
        new QueryLimits(
            reader.duration(ConfigKey.API_QUERY_TIMEOUT, MIN_QUERY_TIMEOUT, MAX_QUERY_TIMEOUT),
            reader.bytes(ConfigKey.API_QUERY_MEMORY, MIN_QUERY_BYTES, MAX_QUERY_BYTES));
    Kafka kafka =
        new Kafka(
            new KafkaCluster(
                reader.brokers(ConfigKey.KAFKA_BOOTSTRAP),
                reader.settings(ConfigKey.KAFKA_CLIENT, KafkaCluster::problem)),
            reader.text(ConfigKey.TOPIC_PREFIX));
    Path tenantsFile = reader.tenantsFile();
    int minMessages = reader.count(ConfigKey.HEATMAP_MIN_MESSAGES, 0, MAX_MIN_MESSAGES);
    URI publicUrl = reader.uriOrNull(ConfigKey.PUBLIC_URL);
    String edgeHost = reader.text(ConfigKey.EDGE_HOST);
    int edgePort = reader.port(ConfigKey.EDGE_PORT);
    List<String> schemes = clickSchemes(reader);
    People people =
        new People(
            reader.uriOrNull(ConfigKey.API_PUBLIC_URL),
            reader.duration(ConfigKey.SESSION_LIFETIME, MIN_SESSION_LIFETIME, MAX_SESSION_LIFETIME),
            oidc(reader));
    AddressRules webhookAddresses = webhookAddresses(reader);
    return new ApiConfig(
        http,
        clickHouse,
        queryLimits,
        kafka,
        tenantsFile,
        minMessages,
        publicUrl,
        edgeHost,
        edgePort,
        schemes,
        people,
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

  private static @Nullable OidcClient oidc(ConfigReader reader) {
    URI issuer = reader.uriOrNull(ConfigKey.OIDC_ISSUER);
    String clientId = reader.textOrNull(ConfigKey.OIDC_CLIENT_ID);
    OidcClient client =
        new OidcClient(
            issuer == null ? URI.create("http://localhost") : issuer,
            clientId == null ? "" : clientId,
            reader.textOrNull(ConfigKey.OIDC_CLIENT_SECRET),
            reader.text(ConfigKey.OIDC_NAME),
            reader.text(ConfigKey.OIDC_TENANT_CLAIM),
            oidcTenants(reader));
    if (issuer != null && clientId == null) {
      reader.problem(ConfigKey.OIDC_CLIENT_ID, "expected our id at the issuer, got nothing");
    }
    return issuer == null ? null : client;
  }

  private static Map<String, String> oidcTenants(ConfigReader reader) {
    Map<String, String> tenants = new HashMap<>();
    for (String pair : reader.list(ConfigKey.OIDC_TENANTS)) {
      int equals = pair.lastIndexOf('=');
      if (equals < 1 || equals == pair.length() - 1) {
        reader.problem(ConfigKey.OIDC_TENANTS, "expected VALUE=TENANT, got \"" + pair + "\"");
      } else {
        tenants.put(pair.substring(0, equals), pair.substring(equals + 1));
      }
    }
    return tenants;
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
