package io.aftersend.standalone.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The API of a running Aftersend, over HTTP with JSON. Thread-safe.
public final class HttpApi implements AutoCloseable {
  /// Above the API's own limit for a query, so that its answer, not ours, tells what was too slow.
  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(40);

  private static final int SERVER_ERROR = 500;
  private static final long PAUSE_MS = 500;
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client = HttpClients.newClient();
  private final String baseUrl;
  private final String key;
  private final Duration patience;

  /// The API at an address, for the tenant of a key.
  ///
  /// @param baseUrl without slash at its end
  public HttpApi(String baseUrl, String key) {
    this(baseUrl, key, Duration.ZERO);
  }

  /// The API at an address that may be away for a while, as when it is killed and started again.
  ///
  /// @param baseUrl without slash at its end
  /// @param patience for how long a request is made again when it gets no good answer; all of the
  ///   requests made here may be made twice
  public HttpApi(String baseUrl, String key, Duration patience) {
    this.baseUrl = baseUrl;
    this.key = key;
    this.patience = patience;
  }

  /// What came back.
  ///
  /// @param body its JSON; missing when it is none
  public record Answer(int status, JsonNode body) {
    public boolean isOk() {
      return status >= 200 && status < 300;
    }

    /// The problem that the API told, in one line.
    public String problem() {
      String text = body.path("detail").asText(body.path("title").asText(""));
      return text.isEmpty() ? "status " + status : text + " (status " + status + ")";
    }
  }

  /// Asks and returns whatever the API answers.
  ///
  /// @param path from the root, such as `/api/v1/links`
  /// @throws StartupException when nothing answers
  public Answer send(String method, String path, @Nullable JsonNode body)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(baseUrl + path))
            .timeout(REQUEST_TIMEOUT)
            .header("Authorization", "Bearer " + key)
            .header("Accept", "application/json, application/problem+json");
    if (body == null) {
      request.method(method, BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, BodyPublishers.ofString(body.toString()));
    }
    long startNs = System.nanoTime();
    while (true) {
      boolean isLast = System.nanoTime() - startNs >= patience.toNanos();
      try {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (isLast || response.statusCode() < SERVER_ERROR) {
          return new Answer(response.statusCode(), parse(response.body()));
        }
      } catch (IOException e) {
        if (isLast) {
          throw unreachable(path, e);
        }
      }
      Thread.sleep(PAUSE_MS);
    }
  }

  private StartupException unreachable(String path, IOException e) {
    return e instanceof ConnectException
        ? new StartupException(
            "nothing answers at " + baseUrl + ": start `./aftersend up`, or check the address", e)
        : new StartupException("no answer from " + baseUrl + path + ": " + e, e);
  }

  /// Asks and returns the JSON of a good answer.
  ///
  /// @throws StartupException when nothing answers, or with what the API found wrong
  public JsonNode require(String method, String path, @Nullable JsonNode body)
      throws InterruptedException {
    Answer answer = send(method, path, body);
    if (!answer.isOk()) {
      throw new StartupException("%s %s was refused: %s".formatted(method, path, answer.problem()));
    }
    return answer.body();
  }

  private static JsonNode parse(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
