package io.aftersend.embedded.clickhouse;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/// How to run the embedded ClickHouse.
///
/// @param dataDirectory of this server alone
/// @param library the engine, see [EngineStore]
/// @param host the address to listen on; anything but loopback needs a password
/// @param port 0 for any free one, which then stays the same for the life of the server
/// @param password of the user `default`
/// @param allowedHosts names that a request's `Host` may carry besides loopback's
/// @param memoryBytes for the engine as a whole
/// @param maxStatements how many run at the same time; more wait
/// @param logFile of the child process; none = this process's standard error
public record ClickHouseConfig(
    Path dataDirectory,
    Path library,
    String host,
    int port,
    Optional<String> password,
    Set<String> allowedHosts,
    long memoryBytes,
    int maxStatements,
    Optional<Path> logFile) {
  private static final long MOST_MEMORY_BYTES = 4L << 30;
  private static final long LEAST_MEMORY_BYTES = 512L << 20;
  private static final double MEMORY_SHARE = 0.4;

  /// Statements mostly wait for processors, of which one machine has few.
  private static final int MAX_STATEMENTS = 8;

  public ClickHouseConfig {
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /// Loopback, any port, no password, 40 % of the machine's memory but at most 4 GiB.
  public static ClickHouseConfig of(Path dataDirectory, Path library) {
    return new ClickHouseConfig(
        dataDirectory,
        library,
        "127.0.0.1",
        0,
        Optional.empty(),
        Set.of(),
        defaultMemoryBytes(),
        MAX_STATEMENTS,
        Optional.of(dataDirectory.resolve("clickhouse.log")));
  }

  private static long defaultMemoryBytes() {
    long machineBytes =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    return Math.clamp((long) (machineBytes * MEMORY_SHARE), LEAST_MEMORY_BYTES, MOST_MEMORY_BYTES);
  }

  /// The same, listening elsewhere.
  public ClickHouseConfig listeningOn(String newHost, int newPort) {
    return new ClickHouseConfig(
        dataDirectory,
        library,
        newHost,
        newPort,
        password,
        allowedHosts,
        memoryBytes,
        maxStatements,
        logFile);
  }

  /// The same, with a password and further names for the `Host` header.
  public ClickHouseConfig guardedBy(Optional<String> newPassword, Set<String> newAllowedHosts) {
    return new ClickHouseConfig(
        dataDirectory,
        library,
        host,
        port,
        newPassword,
        newAllowedHosts,
        memoryBytes,
        maxStatements,
        logFile);
  }

  /// The same, with other bounds.
  public ClickHouseConfig limitedTo(long newMemoryBytes, int newMaxStatements) {
    return new ClickHouseConfig(
        dataDirectory,
        library,
        host,
        port,
        password,
        allowedHosts,
        newMemoryBytes,
        newMaxStatements,
        logFile);
  }

  /// The same, with the child's log elsewhere.
  public ClickHouseConfig loggingTo(Optional<Path> newLogFile) {
    return new ClickHouseConfig(
        dataDirectory,
        library,
        host,
        port,
        password,
        allowedHosts,
        memoryBytes,
        maxStatements,
        newLogFile);
  }

  @Override
  public String toString() {
    return "ClickHouseConfig[" + host + ":" + port + ", data in " + dataDirectory + "]";
  }
}
