package io.aftersend.bench.freshness;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/// Requests over kept connections; redirects are not followed. For any thread.
final class Http implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /// The answer, whatever its status.
  HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
    HttpRequest built = request.timeout(TIMEOUT).build();
    try {
      return client.send(built, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new StartupException(built.uri() + " does not answer: " + e, e);
    }
  }

  /// What a query of ClickHouse gives, fields apart by tabs.
  String query(String clickHouse, String sql) throws InterruptedException {
    HttpResponse<String> response =
        send(
            HttpRequest.newBuilder(URI.create(clickHouse + "/"))
                .POST(BodyPublishers.ofString(sql)));
    if (response.statusCode() != 200) {
      throw new StartupException("ClickHouse refused: " + response.body());
    }
    return response.body();
  }

  @Override
  public void close() {
    client.close();
  }
}
