package io.aftersend.query.page;

import io.aftersend.query.http.Route;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The dashboard: the files that `query-api/dashboard` is built into, read once from the class
/// path, and the paths at which its one page answers; and the files of the API's description. They
/// ask for nothing from elsewhere.
public final class Page {
  /// Only our own files and our own API; no form goes anywhere, nobody frames the page. `data:` is
  /// for images that the charts draw into.
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self';"
          + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
          + " frame-ancestors 'none'";

  /// Where the built files lie.
  private static final String BUILT = "dashboard/";

  private static final String INDEX = "index.html";

  /// Written by the build: the names of all files, one a line.
  private static final String LIST = "files.txt";

  /// Files whose names change with their content.
  private static final String HASHED = "assets/";

  /// The paths of the dashboard's views. The page itself finds out which of them it shows.
  private static final List<String> VIEWS =
      List.of(
          "/",
          "/sign-in",
          "/campaigns",
          "/campaigns/{id}",
          "/campaigns/{id}/{view}",
          "/recipients",
          "/recipients/{id}",
          "/lists",
          "/lists/{id}",
          "/mailboxes",
          "/mailboxes/{id}",
          "/totals",
          "/signals",
          "/accounting");

  /// The files of the API's description by the path that they answer at.
  private static final Map<String, String> DESCRIPTION =
      Map.of(
          "/api/v1/openapi.json", "openapi.json",
          "/api/v1/docs", "docs.html",
          "/docs.css", "docs.css",
          "/docs.js", "docs.js");

  private Page() {}

  /// The routes of all views and files.
  public static List<Route> routes() {
    List<Route> routes = new ArrayList<>();
    for (String name : new String(bytes(BUILT + LIST), StandardCharsets.UTF_8).lines().toList()) {
      if (name.equals(INDEX)) {
        PageFile page = file(BUILT + name, "no-cache");
        VIEWS.forEach(view -> routes.add(Route.open("GET", view, page)));
      } else {
        String caching =
            name.startsWith(HASHED) ? "public, max-age=31536000, immutable" : "no-cache";
        routes.add(Route.open("GET", "/" + name, file(BUILT + name, caching)));
      }
    }
    DESCRIPTION.forEach(
        (path, name) -> routes.add(Route.open("GET", path, file(name, "no-cache"))));
    return routes;
  }

  private static PageFile file(String name, String caching) {
    return new PageFile(
        name,
        bytes(name),
        Map.of("Content-Security-Policy", CONTENT_SECURITY_POLICY, "Cache-Control", caching));
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
