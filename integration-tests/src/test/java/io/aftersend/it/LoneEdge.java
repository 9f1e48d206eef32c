package io.aftersend.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// The edge as a process of its own, with a tenant, its links, and no Kafka in sight.
record LoneEdge(AftersendProcess process, URI url, URI admin, String pixel, String click)
    implements AutoCloseable {
  private static final String KIB = " kB";

  /// Starts it with all its data in the directory and on free ports.
  static LoneEdge startIn(Path directory, Map<String, String> further) {
    Map<String, String> settings = new HashMap<>(RunningUp.settings(directory));
    settings.put("AFTERSEND_KAFKA_BOOTSTRAP", "127.0.0.1:1");
    run(directory, settings, "tenant", "add", "acme");
    Map<String, String> ofEdge = new HashMap<>(settings);
    ofEdge.putAll(further);
    AftersendProcess process = AftersendProcess.start(directory, ofEdge, "edge");
    URI url = URI.create(process.ready().field("edge"));
    settings.put("AFTERSEND_PUBLIC_URL", url.toString());
    String[] order = {
      "links",
      "--json",
      "--tenant",
      "acme",
      "--campaign",
      "c",
      "--message",
      "m",
      "--recipient",
      "r",
      "--url",
      "https://shop.example/a"
    };
    JsonNode links = Client.json(run(directory, settings, order));
    return new LoneEdge(
        process,
        url,
        URI.create(process.ready().field("admin")),
        URI.create(links.at("/open/0").asText()).getPath(),
        URI.create(links.at("/clicks/0/tracked").asText()).getPath());
  }

  private static String run(Path directory, Map<String, String> settings, String... command) {
    AftersendProcess process = AftersendProcess.start(directory, settings, command);
    assertThat(process.awaitEnd()).as(process.outputText()).isZero();
    return process.outputText();
  }

  /// The value of a metric.
  ///
  /// @param series its name without the prefix of all, with its labels
  double metric(String series) {
    String start = "aftersend_edge_" + series + " ";
    String page = page();
    return page.lines()
        .filter(line -> line.startsWith(start))
        .mapToDouble(line -> Double.parseDouble(line.substring(start.length())))
        .findFirst()
        .orElseThrow(() -> new AssertionError("expected a metric " + start + "in\n" + page));
  }

  private String page() {
    HttpRequest request = HttpRequest.newBuilder(admin.resolve("/metrics")).build();
    try (HttpClient http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// What the process holds of the machine's memory, as Linux tells it.
  long residentBytes() {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      return Files.readAllLines(status).stream()
          .filter(line -> line.startsWith("VmRSS:") && line.endsWith(KIB))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElseThrow(() -> new AssertionError("expected VmRSS in " + status));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
  }
}
