package io.aftersend.query.session;

import io.aftersend.query.http.ApiRequest;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The cookie that carries a session. No script sees it and no other site's page makes a browser
/// send it; over TLS it is bound to this host.
///
/// @param isSecure whether browsers reach us over TLS
public record SessionCookie(boolean isSecure) {
  private static final String NAME = "aftersend_session";
  private static final String SECURE_NAME = "__Host-" + NAME;

  /// The value of the cookie in a request; null where there is none.
  static @Nullable String value(ApiRequest request) {
    String value = value(request, SECURE_NAME);
    return value == null ? value(request, NAME) : value;
  }

  /// The value of any cookie in a request; null where there is none.
  public static @Nullable String value(ApiRequest request, String name) {
    String header = request.header("cookie");
    if (header == null) {
      return null;
    }
    // Helidon joins the values of a repeated header with a comma, which no cookie of ours has.
    for (String pair : header.split("[;,]", -1)) {
      String stripped = pair.strip();
      if (stripped.startsWith(name + "=")) {
        return stripped.substring(name.length() + 1);
      }
    }
    return null;
  }

  /// The header's value that gives the browser its session.
  String set(String sealed, Instant now, Instant expires) {
    return text(sealed, Duration.between(now, expires).toSeconds());
  }

  /// The header's value that makes the browser forget its session.
  String clear() {
    return text("", 0);
  }

  private String text(String value, long maxAgeSeconds) {
    return "%s=%s; Path=/; Max-Age=%d; HttpOnly; SameSite=Strict%s"
        .formatted(isSecure ? SECURE_NAME : NAME, value, maxAgeSeconds, isSecure ? "; Secure" : "");
  }
}
