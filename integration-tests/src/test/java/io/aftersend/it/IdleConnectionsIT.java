package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/// What clients cost that keep their connection and do nothing.
@EnabledOnOs(value = OS.LINUX, disabledReason = "a process's resident memory is read from /proc")
class IdleConnectionsIT {
  private static final int CONNECTIONS = 10_000;
  private static final int SOURCES = 4;
  private static final long MAX_ADDED_BYTES = 100L * 1024 * 1024;

  private static final int WARM_UP_CONNECTIONS = 50;
  private static final int WARM_UP_HITS = 400;
  private static final Duration DEADLINE = Duration.ofMinutes(1);

  @Test
  void tenThousandIdleConnectionsAddAtMostAHundredMebibytes(@TempDir Path directory)
      throws IOException {
    Map<String, String> patient = Map.of("AFTERSEND_EDGE_IDLE_TIMEOUT", "10m");
    List<KeptConnection> kept = new ArrayList<>();
    try (LoneEdge edge = LoneEdge.startIn(directory, patient)) {
      warmUp(edge);
      long before = edge.residentBytes();
      try {
        for (int i = 0; i < CONNECTIONS; i++) {
          KeptConnection connection = new KeptConnection(edge.url(), 1 + i % SOURCES);
          kept.add(connection);
          assertThat(connection.get(edge.pixel())).isEqualTo(200);
        }
        assertThat(edge.metric("connections")).isEqualTo(CONNECTIONS);
        long addedBytes = edge.residentBytes() - before;
        System.out.printf(
            "%d idle connections add %d MiB to %d MiB, %d bytes each%n",
            CONNECTIONS, addedBytes >> 20, before >> 20, addedBytes / CONNECTIONS);
        assertThat(addedBytes).isLessThanOrEqualTo(MAX_ADDED_BYTES);
        assertThat(kept.getFirst().get(edge.pixel())).isEqualTo(200);
      } finally {
        for (KeptConnection connection : kept) {
          connection.close();
        }
      }
    }
  }

  /// Has the edge touch the memory that it works with, whoever comes.
  private static void warmUp(LoneEdge edge) throws IOException {
    for (int i = 0; i < WARM_UP_CONNECTIONS; i++) {
      try (KeptConnection connection = new KeptConnection(edge.url(), 1)) {
        for (int j = 0; j < WARM_UP_HITS; j++) {
          assertThat(connection.get(edge.pixel())).isEqualTo(200);
        }
      }
    }
    Await.untilAsserted(DEADLINE, () -> assertThat(edge.metric("connections")).isZero());
  }
}
