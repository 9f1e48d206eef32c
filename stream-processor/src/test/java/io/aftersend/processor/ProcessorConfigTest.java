package io.aftersend.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.processor.signal.RateLimits;
import io.aftersend.runtime.config.ConfigException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ProcessorConfigTest {

  @Test
  void takesItsDefaultsWhereKafkaAndClickHouseAreNamed() {
    ProcessorConfig config =
        ProcessorConfig.from(
            Map.of(
                "AFTERSEND_DATA_DIR", "/data",
                "AFTERSEND_KAFKA_BOOTSTRAP", "kafka:9092",
                "AFTERSEND_CLICKHOUSE_URL", "http://clickhouse:8123"));
    assertThat(config.kafka().cluster().bootstrap()).isEqualTo("kafka:9092");
    assertThat(config.adminPort()).isEqualTo(8082);
    assertThat(config.streams().stateDirectory()).isEqualTo(Path.of("/data/streams"));
    assertThat(config.streams().repeatHorizon()).isEqualTo(Duration.ofDays(35));
    assertThat(config.streams().idsPerMessage()).isEqualTo(100_000);
    assertThat(config.streams().factsKept()).isEqualTo(Duration.ofDays(400));
    assertThat(config.streams().hindsight()).isEqualTo(Duration.ofDays(4));
    assertThat(config.rulesFile()).as("the rules that we ship").isNull();
    assertThat(config.streams().sessionTimeout()).isEqualTo(Duration.ofSeconds(8));
    assertThat(config.sink().clickHouse().database()).isEqualTo("aftersend");
    assertThat(config.retentionDays()).isEqualTo(400);
    assertThat(config.placesFiles()).isEmpty();
    assertThat(config.rateLimits()).isEqualTo(new RateLimits(1_000, new BigDecimal("0.05"), 100));
  }

  @Test
  void namesAllProblemsAtOnce() {
    assertThatThrownBy(
            () ->
                ProcessorConfig.from(
                    Map.of(
                        "AFTERSEND_PROCESSOR_COMMIT_INTERVAL", "soon",
                        "AFTERSEND_SINK_BATCH_ROWS", "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("AFTERSEND_KAFKA_BOOTSTRAP")
        .hasMessageContaining("AFTERSEND_CLICKHOUSE_URL")
        .hasMessageContaining("AFTERSEND_PROCESSOR_COMMIT_INTERVAL")
        .hasMessageContaining("AFTERSEND_SINK_BATCH_ROWS");
  }

  @Test
  void showsNoPassword() {
    ProcessorConfig config =
        ProcessorConfig.from(
            Map.of(
                "AFTERSEND_KAFKA_BOOTSTRAP", "kafka:9092",
                "AFTERSEND_CLICKHOUSE_URL", "http://clickhouse:8123",
                "AFTERSEND_CLICKHOUSE_PASSWORD", "hunter2"));
    assertThat(config.effective()).doesNotContain("hunter2");
    assertThat(config.toString()).doesNotContain("hunter2");
  }
}
