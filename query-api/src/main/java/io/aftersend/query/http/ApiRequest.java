package io.aftersend.query.http;

import java.io.InputStream;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A request as it came over the wire.
///
/// @param method in capital letters, as sent
/// @param rawPath the path, still percent-encoded, with its leading slash
/// @param rawQuery what follows the question mark, still encoded; empty where there is none
/// @param headers by name in lower case; values of a repeated header joined by a comma
/// @param body gives the stream of the body, once, to whoever needs it
public record ApiRequest(
    String method,
    String rawPath,
    String rawQuery,
    Map<String, String> headers,
    Supplier<InputStream> body) {
  public ApiRequest {
    headers = Map.copyOf(headers);
  }

  /// The value of a header, or null.
  public @Nullable String header(String name) {
    return headers.get(name.toLowerCase(Locale.ROOT));
  }
}
