package io.aftersend.edge.hit;

import io.aftersend.edge.http.Answer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/// The pages of the unsubscribe link: the question, the confirmation, and the regret. They load
/// nothing, and the browser is told to let them do nothing but post their form.
final class UnsubscribePages {
  private static final String STYLE =
      "body{margin:0;padding:15vh 1.5rem 0;text-align:center;"
          + "font:1.125rem/1.5 system-ui,sans-serif;color:#1a1a1a;background:#fff}"
          + "h1{font-size:1.5rem}"
          + "button{font:inherit;font-weight:600;padding:.75rem 2rem;border:2px solid #1a1a1a;"
          + "border-radius:.5rem;color:#fff;background:#1a1a1a;cursor:pointer}"
          + "button:focus-visible{outline:3px solid #0a58ca;outline-offset:3px}"
          + "@media(prefers-color-scheme:dark){body{color:#eee;background:#111}"
          + "button{color:#111;background:#eee;border-color:#eee}}";

  static final Answer QUESTION =
      page(
          200,
          "Unsubscribe",
          """
          <h1>Unsubscribe</h1>
          <p>Do you want to stop receiving these e-mails?</p>
          <form method="post">
          <input type="hidden" name="List-Unsubscribe" value="One-Click">
          <button type="submit">Unsubscribe</button>
          </form>
          """,
          Map.of());

  static final Answer DONE =
      page(
          200,
          "You are unsubscribed",
          """
          <h1>You are unsubscribed</h1>
          <p>You will not receive these e-mails any more. You can close this page.</p>
          """,
          Map.of());

  static final Answer NOT_DONE =
      page(
          503,
          "Not unsubscribed yet",
          """
          <h1>Not unsubscribed yet</h1>
          <p>Something is out of order on our side. Please try again in a minute.</p>
          """,
          Map.of("Retry-After", "30"));

  private UnsubscribePages() {}

  private static Answer page(
      int status, String title, String content, Map<String, String> further) {
    String html =
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex, nofollow">
        <title>%s</title>
        <style>%s</style>
        </head>
        <body>
        <main>
        %s</main>
        </body>
        </html>
        """
            .formatted(title, STYLE, content);
    Map<String, String> headers = new LinkedHashMap<>(further);
    headers.put(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'sha256-"
            + sha256(STYLE)
            + "'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'");
    return HitAnswers.page(status, html, headers);
  }

  private static String sha256(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
