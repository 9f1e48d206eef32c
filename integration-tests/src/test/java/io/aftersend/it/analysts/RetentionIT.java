package io.aftersend.it.analysts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftersend.it.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// Rows go when their tenant's retention ends, and no others. Two tenants' rows lie in the same
/// part.
@TestInstance(Lifecycle.PER_CLASS)
class RetentionIT {
  private static final Duration DEADLINE = Duration.ofMinutes(1);
  private static final int ROWS = 50;

  private LoneClickHouse clickHouse;

  @BeforeAll
  void start(@TempDir Path directory) {
    clickHouse = LoneClickHouse.startIn(directory);
  }

  @AfterAll
  void stop() {
    clickHouse.close();
  }

  private void insert(String month, String shortTenant, String longTenant) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      Instant time = Instant.parse(month + "-05T08:00:00Z").plusSeconds(i);
      rows.add(row(shortTenant, i, time, "2026-01-31"));
      rows.add(row(longTenant, i, time, "2299-12-31"));
    }
    clickHouse.insert("event_log", rows);
  }

  private static Map<String, Object> row(String tenant, int i, Instant time, String expiresOn) {
    Map<String, Object> more = Map.of("expires_on", expiresOn);
    return new KnownEvent("e" + i, tenant, "sent", time, "spring", "m" + i, "r", "human", more)
        .row();
  }

  private long rows(String table, String tenant) {
    List<JsonNode> rows =
        clickHouse.query(
            "SELECT count() AS n FROM %s WHERE tenant = '%s'".formatted(table, tenant));
    return rows.getFirst().path("n").asLong();
  }

  @Test
  void expiredRowsGoByThemselvesAndOthersStay() {
    insert("2025-10", "short", "long");
    assertThat(rows("event_log", "long")).isEqualTo(ROWS);

    Await.untilAsserted(
        DEADLINE,
        () -> {
          assertThat(rows("event_log", "short")).isZero();
          return null;
        });

    assertThat(rows("events", "long")).isEqualTo(ROWS);
    assertThat(rows("events", "short")).isZero();
  }

  @Test
  void expiredRowsGoFromTheRecipientsOrderToo() {
    insert("2025-11", "brief", "lasting");
    // It does nothing while another merge has the parts.
    Await.untilAsserted(
        DEADLINE,
        () -> {
          clickHouse.execute("OPTIMIZE TABLE event_log FINAL");
          return assertThat(rows("recipient_events", "brief")).isZero();
        });

    assertThat(rows("recipient_events", "lasting")).isEqualTo(ROWS);
  }
}
