package io.aftersend.edge.hit;

import io.aftersend.edge.http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The constant answers to hits.
final class HitAnswers {
  /// One transparent pixel. Its image data ends as the format wants, which shorter ones leave out.
  private static final byte[] GIF =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAICRAEAOw==");

  /// No validators, so that no client asks "still the same?" instead of fetching.
  static final Answer PIXEL =
      Answer.of(
          200,
          headers(
              "Content-Type", "image/gif",
              "Cache-Control", "no-cache, no-store, must-revalidate, max-age=0, private",
              "Pragma", "no-cache",
              "Expires", "0",
              "X-Content-Type-Options", "nosniff",
              "Referrer-Policy", "no-referrer",
              "Cross-Origin-Resource-Policy", "cross-origin"),
          GIF);

  /// Of a 302, since 301 and 308 are cached and 307 would send a body on.
  private static final Map<String, String> REDIRECT_HEADERS =
      headers(
          "Cache-Control", "no-store",
          "Referrer-Policy", "no-referrer",
          "X-Robots-Tag", "noindex, nofollow");

  static final Answer REDIRECT = Answer.of(302, REDIRECT_HEADERS, new byte[0]);

  static final Answer NO_SUCH_LINK =
      Answer.text(
          404,
          "This link is not valid. It may have been cut or changed on its way.\n",
          headers("X-Robots-Tag", "noindex, nofollow", "Referrer-Policy", "no-referrer"));

  static final Answer ONLY_READ = notAllowed("GET, HEAD");
  static final Answer READ_OR_POST = notAllowed("GET, HEAD, POST");

  static final Answer TOO_LARGE = Answer.text(413, "expected a shorter body\n");

  private HitAnswers() {}

  /// A redirect of its own, for an answer that has to wait.
  static Answer redirectTo(byte[] target) {
    Map<String, String> headers = new LinkedHashMap<>(REDIRECT_HEADERS);
    headers.put("Location", new String(target, StandardCharsets.ISO_8859_1));
    return Answer.of(302, headers, new byte[0]);
  }

  private static Answer notAllowed(String methods) {
    return Answer.text(405, "expected one of " + methods + "\n", Map.of("Allow", methods));
  }

  static Answer page(int status, String html, Map<String, String> further) {
    Map<String, String> headers =
        headers(
            "Content-Type", "text/html; charset=utf-8",
            "Cache-Control", "no-store",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "X-Robots-Tag", "noindex, nofollow",
            "Referrer-Policy", "no-referrer");
    headers.putAll(further);
    return Answer.of(status, headers, html.getBytes(StandardCharsets.UTF_8));
  }

  private static Map<String, String> headers(String... namesAndValues) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      headers.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return headers;
  }
}
