package io.aftersend.query.http;

import java.util.HashMap;
import java.util.Map;

/// The headers that every answer carries. There is no CORS: pages of other origins get nothing.
final class SecurityHeaders {
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "Vary", "Accept, Authorization, Cookie",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY");

  private SecurityHeaders() {}

  /// The answer with the headers that it does not set itself.
  static Answer addTo(Answer answer) {
    Map<String, String> headers = new HashMap<>(DEFAULTS);
    headers.putAll(answer.headers());
    return new Answer(
        answer.status(), answer.contentType(), answer.body(), headers, answer.stream());
  }
}
