package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A sender and analyst of one tenant, over the real HTTP endpoints.
record Client(String edge, String api, String clickHouse, String key, HttpClient http) {
  static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private static final int BATCH = 2_500;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  static Client of(ReadyLine ready) {
    return of(
        ready.field("edge"), ready.field("api"), ready.field("clickhouse"), ready.field("key"));
  }

  static Client of(String edge, String api, String clickHouse, String key) {
    HttpClient http = HttpClient.newBuilder().followRedirects(Redirect.NEVER).build();
    return new Client(edge, api, clickHouse, key, http);
  }

  /// Posts the events in as many requests as it takes; every one must be accepted.
  void post(List<Map<String, Object>> events) {
    for (int from = 0; from < events.size(); from += BATCH) {
      List<Map<String, Object>> batch = events.subList(from, Math.min(from + BATCH, events.size()));
      HttpResponse<String> response = postJson(edge + "/v1/events", text(batch));
      assertThat(response.statusCode()).as(response.body()).isEqualTo(202);
      JsonNode answer = json(response.body());
      assertThat(answer.get("rejected")).as(response.body()).isEmpty();
      assertThat(answer.get("accepted").asInt()).isEqualTo(batch.size());
    }
  }

  HttpResponse<String> postJson(String url, String body) {
    return send(
        request(url)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> putCampaign(String campaign, String body) {
    return put("/campaigns/" + campaign, body);
  }

  HttpResponse<String> put(String path, String body) {
    return send(
        request(api + "/api/v1" + path)
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(body)));
  }

  /// The status of the answer.
  int delete(String path) {
    return send(request(api + "/api/v1" + path).DELETE()).statusCode();
  }

  JsonNode campaign(String campaign) {
    return getJson("/campaigns/" + campaign);
  }

  HttpResponse<String> get(String path) {
    return send(request(api + "/api/v1" + path).GET());
  }

  JsonNode getJson(String path) {
    HttpResponse<String> response = get(path);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response.body());
  }

  /// A request as a recipient's mail client makes it: without our key.
  HttpResponse<String> hit(String method, String url, String userAgent) {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .timeout(TIMEOUT)
            .header("User-Agent", userAgent)
            .method(method, BodyPublishers.noBody()));
  }

  /// The rows of a query, each a list of texts, over ClickHouse's own HTTP interface.
  List<List<String>> query(String sql) {
    String url =
        clickHouse
            + "/?database=aftersend&default_format=JSONCompactStringsEachRow&query="
            + URLEncoder.encode(sql, StandardCharsets.UTF_8);
    HttpResponse<String> response =
        send(HttpRequest.newBuilder(URI.create(url)).timeout(TIMEOUT).GET());
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    List<List<String>> rows = new ArrayList<>();
    for (String line : response.body().lines().toList()) {
      List<String> row = new ArrayList<>();
      json(line).forEach(cell -> row.add(cell.asText()));
      rows.add(row);
    }
    return rows;
  }

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("not JSON: " + text, e);
    }
  }

  private HttpRequest.Builder request(String url) {
    return HttpRequest.newBuilder(URI.create(url))
        .timeout(TIMEOUT)
        .header("Authorization", "Bearer " + key);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
