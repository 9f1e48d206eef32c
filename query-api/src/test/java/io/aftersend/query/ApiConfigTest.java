package io.aftersend.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.query.clickhouse.QueryLimits;
import io.aftersend.runtime.config.ConfigException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiConfigTest {
  private static final Map<String, String> LEAST =
      Map.of(
          "AFTERSEND_CLICKHOUSE_URL", "http://ch:8123",
          "AFTERSEND_KAFKA_BOOTSTRAP", "kafka:9092");

  @Test
  void hasADefaultForAllButItsNeighbours() {
    ApiConfig config = ApiConfig.from(LEAST);

    assertThat(config.http().port()).isEqualTo(8090);
    assertThat(config.http().maxBodyBytes()).isEqualTo(5L * 1024 * 1024);
    assertThat(config.queryLimits())
        .isEqualTo(new QueryLimits(Duration.ofSeconds(20), 2L * 1024 * 1024 * 1024));
    assertThat(config.http().maxRequestsPerKey()).isEqualTo(100);
    assertThat(config.heatmapMinMessages()).isEqualTo(5);
    assertThat(config.publicUrl()).isNull();
    assertThat(config.clickHouse().database()).isEqualTo("aftersend");
  }

  @Test
  void reportsAllProblemsAtOnce() {
    Map<String, String> values =
        Map.of(
            "AFTERSEND_API_PORT", "x",
            "AFTERSEND_CLICKHOUSE_DATABASE", "a; DROP",
            "AFTERSEND_EDGE_CLICK_SCHEMES", "1bad");

    assertThatThrownBy(() -> ApiConfig.from(values))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("AFTERSEND_API_PORT")
        .hasMessageContaining("AFTERSEND_CLICKHOUSE_URL")
        .hasMessageContaining("AFTERSEND_CLICKHOUSE_DATABASE")
        .hasMessageContaining("AFTERSEND_KAFKA_BOOTSTRAP")
        .hasMessageContaining("AFTERSEND_EDGE_CLICK_SCHEMES");
  }

  @Test
  void masksThePassword() {
    Map<String, String> values = new HashMap<>(LEAST);
    values.put("AFTERSEND_CLICKHOUSE_PASSWORD", "hunter2");

    ApiConfig config = ApiConfig.from(values);

    assertThat(config.clickHouse().password()).isEqualTo("hunter2");
    assertThat(config.effective()).doesNotContain("hunter2");
    assertThat(config.clickHouse().toString()).doesNotContain("hunter2");
  }
}
