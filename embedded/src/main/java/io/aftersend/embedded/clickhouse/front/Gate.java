package io.aftersend.embedded.clickhouse.front;

import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/// The check whether a request may be served: no web page's doing, for this host, from a known
/// user.
final class Gate {
  private static final String USER = "default";
  private static final int AUTHENTICATION_FAILED = 516;

  private final FrontConfig config;

  Gate(FrontConfig config) {
    this.config = config;
  }

  /// Why the request must not even be looked at, if so.
  ///
  /// A page in a browser can send requests to loopback; it cannot help sending its `Origin`, or,
  /// after rebinding its own name to this address, that name as the `Host`.
  Optional<String> refusal(Request request) {
    if (request.headers().containsKey("Origin")) {
      return Optional.of("Requests with an Origin header are refused: no web page may use this.");
    }
    String host = request.header("Host").map(Gate::withoutPort).orElse("");
    if (FrontConfig.isLoopback(host) || config.allowedHosts().contains(host)) {
      return Optional.empty();
    }
    return Optional.of("Host '" + host + "' is neither loopback nor an allowed host.");
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    boolean isBracketed = host.startsWith("[");
    boolean hasPort = isBracketed ? colon > host.indexOf(']') : colon == host.indexOf(':');
    hasPort &= colon >= 0;
    return (hasPort ? host.substring(0, colon) : host).toLowerCase(Locale.ROOT);
  }

  /// Checks user and password.
  ///
  /// @throws EngineException with the code and text of a ClickHouse server
  void authenticate(Request request) throws EngineException {
    Optional<String> basic =
        request
            .header("Authorization")
            .filter(it -> it.regionMatches(true, 0, "Basic ", 0, 6))
            .map(it -> decoded(it.substring(6).strip()));
    String user =
        request
            .header("X-ClickHouse-User")
            .or(() -> basic.map(it -> it.substring(0, Math.max(0, it.indexOf(':')))))
            .or(() -> request.parameter("user"))
            .filter(it -> !it.isEmpty())
            .orElse(USER);
    String password =
        request
            .header("X-ClickHouse-Key")
            .or(() -> basic.map(it -> it.substring(it.indexOf(':') + 1)))
            .or(() -> request.parameter("password"))
            .orElse("");
    if (!user.equals(USER) || !isRight(password)) {
      throw EngineException.of(
          AUTHENTICATION_FAILED,
          "AUTHENTICATION_FAILED",
          user
              + ": Authentication failed: password is incorrect, or there is no user with such"
              + " name.");
    }
  }

  private boolean isRight(String given) {
    return config
        .password()
        .map(
            right ->
                MessageDigest.isEqual(
                    right.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8)))
        .orElse(true);
  }

  private static String decoded(String base64) {
    try {
      return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      return "?:";
    }
  }
}
