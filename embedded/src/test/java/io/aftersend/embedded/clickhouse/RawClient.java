package io.aftersend.embedded.clickhouse;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/// Plain HTTP against a server under test.
final class RawClient {
  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;

  RawClient(String url) {
    this.url = url;
  }

  static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  HttpRequest.Builder request(String pathAndQuery) {
    return HttpRequest.newBuilder(URI.create(url + pathAndQuery)).timeout(Duration.ofSeconds(60));
  }

  HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> post(String pathAndQuery, byte[] body)
      throws IOException, InterruptedException {
    return send(request(pathAndQuery).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build());
  }

  /// Posts SQL in the body and returns the answer's body; any failure is an error of the test.
  byte[] bytes(String sql) throws IOException, InterruptedException {
    return good(post("/", sql.getBytes(StandardCharsets.UTF_8)));
  }

  String text(String sql) throws IOException, InterruptedException {
    return new String(bytes(sql), StandardCharsets.UTF_8).stripTrailing();
  }

  /// Posts data for an insert whose statement stands in the URL.
  void insert(String sql, byte[] data) throws IOException, InterruptedException {
    good(post("/?query=" + encoded(sql), data));
  }

  static byte[] good(HttpResponse<byte[]> response) {
    if (response.statusCode() != 200) {
      throw new AssertionError(
          response.statusCode() + ": " + new String(response.body(), StandardCharsets.UTF_8));
    }
    return response.body();
  }
}
