package io.aftersend.query.page;

import io.aftersend.query.http.Answer;
import io.aftersend.query.http.MediaTypes;
import io.aftersend.query.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/// The files of the dashboard and of the API's description, read once from the class path. They ask
/// for nothing from elsewhere.
public final class Page {
  /// Only our own files and our own API; no form goes anywhere, nobody frames the page.
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private Page() {}

  /// The routes of all files.
  public static List<Route> routes() {
    return List.of(
        file("/", "index.html", "text/html; charset=utf-8"),
        file("/dashboard.css", "dashboard.css", "text/css; charset=utf-8"),
        file("/dashboard.js", "dashboard.js", "text/javascript; charset=utf-8"),
        file("/heatmap.js", "heatmap.js", "text/javascript; charset=utf-8"),
        file("/icon.svg", "icon.svg", "image/svg+xml"),
        file("/api/v1/openapi.json", "openapi.json", MediaTypes.JSON),
        file("/api/v1/docs", "docs.html", "text/html; charset=utf-8"),
        file("/docs.css", "docs.css", "text/css; charset=utf-8"),
        file("/docs.js", "docs.js", "text/javascript; charset=utf-8"));
  }

  private static Route file(String path, String name, String contentType) {
    Answer answer =
        new Answer(
            200,
            contentType,
            bytes(name),
            Map.of(
                "Content-Security-Policy", CONTENT_SECURITY_POLICY, "Cache-Control", "no-cache"));
    return Route.open("GET", path, call -> answer);
  }

  private static byte[] bytes(String name) {
    try (InputStream file = Page.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IllegalStateException("the class path lacks the page's file " + name);
      }
      return file.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
