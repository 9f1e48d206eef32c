package io.aftersend.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ConfigKeyTest {
  /// A default is a promise to every installation that does not set the key: changing one means
  /// changing it here too.
  private static final String DEFAULTS =
      """
      DATA_DIR=data
      TENANTS_FILE=none
      EDGE_HOST=127.0.0.1
      EDGE_PORT=8080
      EDGE_EVENT_LOOPS=none
      EDGE_ADMIN_PORT=8081
      EDGE_ADMIN_HOST=127.0.0.1
      EDGE_MAX_BODY=5MiB
      EDGE_MAX_EVENTS=10000
      EDGE_MAX_REQUEST_LINE=16KiB
      EDGE_MAX_HEADERS=32KiB
      EDGE_HEADER_TIMEOUT=10s
      EDGE_IDLE_TIMEOUT=60s
      EDGE_BODY_TIMEOUT=30s
      EDGE_MAX_CONNECTIONS=40000
      EDGE_MAX_CONNECTIONS_PER_ADDRESS=12000
      EDGE_MAX_REQUESTS_PER_KEY=none
      EDGE_TRUSTED_PROXIES=none
      EDGE_PROXY_PROTOCOL=off
      EDGE_FORWARDED=off
      EDGE_TLS_PORT=none
      EDGE_TLS_DIR=none
      EDGE_DURABLE_TIMEOUT=10s
      EDGE_JOURNAL_BUDGET=none
      EDGE_JOURNAL_RETENTION=15m
      EDGE_FSYNC_INTERVAL=50ms
      EDGE_FORWARDER=on
      EDGE_DRAIN_TIMEOUT=10s
      EDGE_CLICK_SCHEMES=none
      PROCESSOR_ADMIN_HOST=127.0.0.1
      PROCESSOR_ADMIN_PORT=8082
      PROCESSOR_THREADS=none
      PROCESSOR_REPEAT_HORIZON=35d
      PROCESSOR_IDS_PER_MESSAGE=100000
      PROCESSOR_FACTS_KEPT=400d
      PROCESSOR_HINDSIGHT=4d
      PROCESSOR_ATTRIBUTION_WINDOW=7d
      PROCESSOR_COMMIT_INTERVAL=500ms
      PROCESSOR_FLUSH_INTERVAL=500ms
      PROCESSOR_STORE_MEMORY=192MiB
      PROCESSOR_STATE_DIR=none
      PROCESSOR_SESSION_TIMEOUT=8s
      SIGNAL_MIN_DELIVERED=1000
      SIGNAL_BOUNCE_LIMIT=5%
      SIGNAL_MIN_SENT=100
      SINK=on
      SINK_BATCH_ROWS=50000
      SINK_LINGER=300ms
      SINK_EVENTS_LINGER=2s
      API_HOST=127.0.0.1
      API_PORT=8090
      API_QUERY_TIMEOUT=20s
      API_MAX_BODY=5MiB
      API_MAX_ROWS=100000
      API_LIVE_READERS=1500
      API_PUBLIC_URL=none
      SESSION_LIFETIME=12h
      OIDC_ISSUER=none
      OIDC_CLIENT_ID=none
      OIDC_CLIENT_SECRET=none
      OIDC_NAME=single sign-on
      OIDC_TENANT_CLAIM=aftersend_tenant
      OIDC_TENANTS=none
      API_QUERY_MEMORY=2GiB
      API_MAX_REQUESTS_PER_KEY=100
      API_WEBHOOK_ALLOWED_NETWORKS=none
      HEATMAP_MIN_MESSAGES=5
      KAFKA_HOST=127.0.0.1
      KAFKA_PORT=9092
      KAFKA_BOOTSTRAP=none
      KAFKA_CLIENT=none
      KAFKA_PARTITIONS=4
      TOPIC_PREFIX=
      CLICKHOUSE_HOST=127.0.0.1
      CLICKHOUSE_PORT=8123
      CLICKHOUSE_URL=none
      CLICKHOUSE_USER=default
      CLICKHOUSE_PASSWORD=none
      CLICKHOUSE_DATABASE=aftersend
      CLICKHOUSE_ALLOWED_HOSTS=none
      CLICKHOUSE_MAX_MEMORY=none
      ENGINE_DIR=none
      PUBLIC_URL=none
      NETWORKS_FILE=none
      RULES_FILE=none
      PLACES_FILE=none
      RETENTION_DAYS=400
      TENANT=none
      KEY=none
      EDGE_URL=none
      API_URL=none
      """;

  @Test
  void everyDefaultIsAsPromised() {
    String defaults =
        Arrays.stream(ConfigKey.values())
            .map(key -> key + "=" + Objects.requireNonNullElse(key.defaultValue(), "none"))
            .collect(Collectors.joining("\n"));

    assertThat(defaults).isEqualTo(DEFAULTS.strip());
  }

  @ParameterizedTest
  @EnumSource
  void everyKeyIsReadUnderItsFullName(ConfigKey key) {
    ConfigReader reader = ConfigReader.of(Map.of("AFTERSEND_" + key.name(), "given"));

    assertThat(reader.text(key)).isEqualTo("given");
    reader.throwIfInvalid();
  }

  @ParameterizedTest
  @EnumSource
  void everyDescriptionIsASentence(ConfigKey key) {
    assertThat(key.description()).matches("[A-Z].{20,}\\.").doesNotContain("  ");
  }

  @Test
  void onlyWhatSignsInIsSecret() {
    assertThat(ConfigKey.values())
        .filteredOn(ConfigKey::isSecret)
        .containsExactlyInAnyOrder(
            ConfigKey.CLICKHOUSE_PASSWORD,
            ConfigKey.KAFKA_CLIENT,
            ConfigKey.OIDC_CLIENT_SECRET,
            ConfigKey.KEY);
  }
}
