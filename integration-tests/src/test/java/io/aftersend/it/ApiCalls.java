package io.aftersend.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;

/// Requests to an API as a test wants them.
///
/// @param base such as `http://127.0.0.1:8090/api/v1`
record ApiCalls(String base, HttpClient http) {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  static ApiCalls to(URI api) {
    return new ApiCalls(api + "/api/v1", HttpClient.newHttpClient());
  }

  HttpResponse<String> get(String key, String path) {
    return send("GET", path, Map.of("Authorization", "Bearer " + key), "");
  }

  HttpResponse<String> getCsv(String key, String path) {
    return send("GET", path, Map.of("Authorization", "Bearer " + key, "Accept", "text/csv"), "");
  }

  HttpResponse<String> send(String method, String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(request::header);
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
