package io.aftersend.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// A service's page for operators, as a monitoring system reads it.
record AdminPage(String url, HttpClient http) {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  static AdminPage of(AftersendProcess process) {
    return new AdminPage(process.ready().field("admin"), HttpClient.newHttpClient());
  }

  /// Whether the service says that it should get work.
  boolean isReady() {
    return get("/health/ready").statusCode() == 200;
  }

  /// What is wrong, by the name of the check.
  JsonNode problems() {
    return Client.json(get("/health/ready").body()).get("problems");
  }

  /// The values of a counter with one label, by the label's value; those that are 0 left out.
  Map<String, Long> counts(String counter, String label) {
    Pattern line =
        Pattern.compile(
            Pattern.quote(counter) + "\\{(?:[^}]*,)?" + label + "=\"([^\"]*)\"[^}]*} ([0-9.E+]+)");
    Map<String, Long> counts = new TreeMap<>();
    line.matcher(get("/metrics").body())
        .results()
        .forEach(
            found -> {
              long value = (long) Double.parseDouble(found.group(2));
              if (value != 0) {
                counts.merge(found.group(1), value, Long::sum);
              }
            });
    return counts;
  }

  /// The value of a counter without labels.
  long count(String counter) {
    String start = counter + " ";
    return get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(start))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected a counter " + counter));
  }

  private HttpResponse<String> get(String path) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + path)).timeout(TIMEOUT).build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }
}
