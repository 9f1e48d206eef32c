package io.aftersend.standalone.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.aftersend.runtime.lifecycle.StartupException;
import io.aftersend.standalone.access.HttpClients;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The edge as the demo's sender, recipients and machines see it. Thread-safe.
///
/// A batch that failed is posted again with the same event ids, as a sender would: a repeat counts
/// nothing. A hit is made again only when no connection came about: one that was sent may have been
/// recorded, and a person's second hit would be a second hit.
final class EdgeClient implements AutoCloseable {
  /// So long an edge may be away, as when it is killed and started again.
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(30);
  private static final long PAUSE_MS = 250;
  private static final long MAX_PAUSE_MS = 5_000;

  private static final int ACCEPTED = 202;
  private static final Set<Integer> AGAIN = Set.of(429, 500, 502, 503, 504);
  private static final Set<Integer> HIT_ANSWERS = Set.of(200, 302);
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient client;
  private final String baseUrl;
  private final String key;
  private final Traffic traffic;

  /// @param baseUrl without slash at its end
  EdgeClient(String baseUrl, String key, Traffic traffic) {
    this.client = HttpClients.newClient();
    this.baseUrl = baseUrl;
    this.key = key;
    this.traffic = traffic;
  }

  /// Posts a batch of events until it is accepted.
  ///
  /// @param events a JSON array
  /// @return the edge's answer
  /// @throws StartupException when the edge refuses it, or is away for too long
  JsonNode post(String events) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(baseUrl + "/v1/events"))
            .timeout(REQUEST_TIMEOUT)
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(events))
            .build();
    Patience patience = new Patience(baseUrl, "POST /v1/events");
    while (true) {
      HttpResponse<String> response = null;
      try {
        response = client.send(request, BodyHandlers.ofString());
        if (response.statusCode() == ACCEPTED) {
          return JSON.readTree(response.body());
        }
      } catch (JsonProcessingException e) {
        throw new StartupException("POST /v1/events: expected JSON in the answer", e);
      } catch (IOException e) {
        patience.lastProblem = e.toString();
      }
      patience.pauseAfter(response);
    }
  }

  /// Makes a hit.
  ///
  /// @return whether it was answered; otherwise it may have been recorded or not
  /// @throws StartupException when the edge does not know the URL, or is away for too long
  boolean hit(
      String method, String url, @Nullable String body, String userAgent, boolean isPrefetch)
      throws InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url))
            .timeout(REQUEST_TIMEOUT)
            .header("User-Agent", userAgent);
    if (isPrefetch) {
      request.header("Sec-Purpose", "prefetch");
    }
    if (body != null) {
      request.header("Content-Type", "application/x-www-form-urlencoded");
    }
    request.method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    URI place = URI.create(url);
    Patience patience =
        new Patience(
            place.getScheme() + "://" + place.getAuthority(),
            method + " " + place.getPath().substring(0, 3) + "…");
    while (true) {
      HttpResponse<Void> response = null;
      try {
        response = client.send(request.build(), BodyHandlers.discarding());
        if (HIT_ANSWERS.contains(response.statusCode())) {
          traffic.addHit();
          return true;
        }
      } catch (IOException e) {
        if (!isWithoutConnection(e)) {
          return false;
        }
        patience.lastProblem = e.toString();
      }
      patience.pauseAfter(response);
    }
  }

  private static boolean isWithoutConnection(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
        return true;
      }
    }
    return false;
  }

  /// The waiting between attempts of one request.
  private final class Patience {
    private final String edge;
    private final String what;
    private final long untilNs = System.nanoTime() + PATIENCE.toNanos();
    private String lastProblem = "";

    /// Begins to wait.
    ///
    /// @param edge where the request goes: a tracked URL's host need not be the edge's own
    Patience(String edge, String what) {
      this.edge = edge;
      this.what = what;
    }

    /// Waits before the next attempt.
    ///
    /// @param response null when there was none
    void pauseAfter(@Nullable HttpResponse<?> response) throws InterruptedException {
      if (response != null) {
        lastProblem = "status " + response.statusCode();
        if (!AGAIN.contains(response.statusCode())) {
          Object body = response.body();
          throw new StartupException(
              "the edge refused %s: %s%s"
                  .formatted(what, lastProblem, body == null ? "" : " " + body));
        }
      }
      if (System.nanoTime() - untilNs > 0) {
        throw new StartupException(
            "the edge at %s did not take %s for %d s: %s"
                .formatted(edge, what, PATIENCE.toSeconds(), lastProblem));
      }
      traffic.addRetry();
      Thread.sleep(pauseMs(response));
    }

    private static long pauseMs(@Nullable HttpResponse<?> response) {
      String after =
          response == null ? "" : response.headers().firstValue("Retry-After").orElse("");
      return after.matches("\\d{1,4}")
          ? Math.clamp(Long.parseLong(after) * 1_000, PAUSE_MS, MAX_PAUSE_MS)
          : PAUSE_MS;
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
