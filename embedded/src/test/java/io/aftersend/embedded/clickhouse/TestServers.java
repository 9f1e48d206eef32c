package io.aftersend.embedded.clickhouse;

import io.aftersend.embedded.EmbeddedStartException;
import java.nio.file.Path;

/// Servers for tests, on the machine's one copy of the engine.
final class TestServers {
  private static final long MEMORY_BYTES = 1L << 30;

  private TestServers() {}

  static ClickHouseConfig config(Path directory) throws EmbeddedStartException {
    Path library =
        EngineStore.ofMachine(System.getenv()).require((step, bytes, expectedBytes) -> {});
    return ClickHouseConfig.of(directory, library).limitedTo(MEMORY_BYTES, 4);
  }

  static ClickHouseServer start(Path directory) throws EmbeddedStartException {
    return ClickHouseServer.start(config(directory));
  }
}
