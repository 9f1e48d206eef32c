package io.aftersend.embedded.clickhouse.front;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Where the front listens and whom it serves.
///
/// @param host the address to bind
/// @param port 0 for any free one
/// @param password of the user `default`; none = any password is right, as with a fresh ClickHouse
/// @param allowedHosts names without port, lower case, that a `Host` header may carry besides
///   loopback's
/// @param maxStatements how many statements run at the same time; more wait
/// @param maxWait how long a statement waits for its turn before it is refused
public record FrontConfig(
    String host,
    int port,
    Optional<String> password,
    Set<String> allowedHosts,
    int maxStatements,
    Duration maxWait) {

  /// @throws IllegalArgumentException when the host is reachable from outside and no password is
  ///   set
  public FrontConfig {
    if (!isLoopback(host) && password.filter(it -> !it.isEmpty()).isEmpty()) {
      throw new IllegalArgumentException(
          "ClickHouse on " + host + " is reachable from other machines; set a password for it");
    }
    if (maxStatements < 1) {
      throw new IllegalArgumentException(
          "expected at least 1 statement at a time, got " + maxStatements);
    }
    allowedHosts = Set.copyOf(allowedHosts);
  }

  /// Whether a host name or literal address can only mean this machine.
  static boolean isLoopback(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost")
        || name.equals("::1")
        || name.equals("[::1]")
        || name.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  }
}
