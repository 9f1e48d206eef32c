package io.aftersend.embedded.clickhouse.front;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One request's method, parameters and headers, read as a ClickHouse server reads them.
record Request(String method, Map<String, String> parameters, Headers headers) {
  /// Parameters that are about the request; every other one is a setting.
  private static final Set<String> OWN =
      Set.of(
          "query",
          "database",
          "default_format",
          "user",
          "password",
          "quota_key",
          "query_id",
          "session_id",
          "session_timeout",
          "session_check",
          "close_session",
          "compress",
          "decompress",
          "stacktrace",
          "role",
          "buffer_size",
          "wait_end_of_query",
          "client_protocol_version",
          "enable_http_compression",
          "http_zlib_compression_level");

  private static final String PARAMETER_PREFIX = "param_";
  private static final int BAD_ARGUMENTS = 36;

  static Request of(HttpExchange exchange) throws EngineException {
    Map<String, String> parameters = new LinkedHashMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String name = equals < 0 ? pair : pair.substring(0, equals);
          String value = equals < 0 ? "" : pair.substring(equals + 1);
          parameters.put(decoded(name), decoded(value));
        }
      }
    }
    return new Request(
        exchange.getRequestMethod().toUpperCase(Locale.ROOT),
        parameters,
        exchange.getRequestHeaders());
  }

  private static String decoded(String text) throws EngineException {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw EngineException.of(
          BAD_ARGUMENTS, "BAD_ARGUMENTS", "URL parameter is not percent-encoded: " + text);
    }
  }

  Optional<String> header(String name) {
    return Optional.ofNullable(headers.getFirst(name)).filter(it -> !it.isEmpty());
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name)).filter(it -> !it.isEmpty());
  }

  boolean isOn(String name) {
    String value = parameters.getOrDefault(name, "0");
    return value.equals("1") || value.equalsIgnoreCase("true");
  }

  /// GET and HEAD change nothing, as on a ClickHouse server.
  boolean isReadOnly() {
    return method.equals("GET") || method.equals("HEAD");
  }

  Optional<String> database() {
    return header("X-ClickHouse-Database").or(() -> parameter("database"));
  }

  Optional<String> namedFormat() {
    return header("X-ClickHouse-Format").or(() -> parameter("default_format"));
  }

  int protocolVersion() throws EngineException {
    return number("client_protocol_version", 0);
  }

  int number(String name, int otherwise) throws EngineException {
    String value = parameter(name).orElse(Integer.toString(otherwise));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw EngineException.of(
          BAD_ARGUMENTS, "BAD_ARGUMENTS", "expected a number in " + name + ", got " + value);
    }
  }

  /// Settings for this statement alone.
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>(parameters);
    settings.keySet().removeIf(name -> OWN.contains(name) || name.startsWith(PARAMETER_PREFIX));
    return settings;
  }

  /// Values of `{name:Type}` placeholders.
  Map<String, String> placeholders() {
    Map<String, String> values = new LinkedHashMap<>();
    parameters.forEach(
        (name, value) -> {
          if (name.startsWith(PARAMETER_PREFIX)) {
            values.put(name.substring(PARAMETER_PREFIX.length()), value);
          }
        });
    return values;
  }
}
