package io.aftersend.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Edge and API in one small server, which records what it is asked and counts the plain totals and
/// uniques of it. It knows nothing of rates and heatmaps.
final class FakeAftersend implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;
  private final Set<String> eventIds = new HashSet<>();
  private final Map<String, Integer> totals = new HashMap<>();
  private final Map<String, Set<String>> messages = new HashMap<>();
  final AtomicInteger posts = new AtomicInteger();

  /// Mails of the team by mailbox and type.
  final Map<String, Long> mails = new ConcurrentHashMap<>();

  final AtomicInteger refusals = new AtomicInteger();
  private JsonNode campaign = JSON.missingNode();

  /// The next so many posts are answered with 503.
  final AtomicInteger busyFor = new AtomicInteger();

  /// Whether the next post is cut after it was taken.
  volatile boolean isNextAnswerLost;

  FakeAftersend() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      byte[] body = exchange.getRequestBody().readAllBytes();
      if (path.equals("/v1/events")) {
        post(exchange, body);
      } else if (path.equals("/api/v1/links")) {
        send(exchange, 200, links(JSON.readTree(body)));
      } else if (path.startsWith("/api/v1/campaigns/")) {
        campaign(exchange, body);
      } else {
        hit(exchange, path);
      }
    }
  }

  private void post(HttpExchange exchange, byte[] body) throws IOException {
    posts.incrementAndGet();
    if (busyFor.get() > 0) {
      busyFor.decrementAndGet();
      refusals.incrementAndGet();
      send(exchange, 503, JSON.createObjectNode());
      return;
    }
    JsonNode events = JSON.readTree(body);
    synchronized (this) {
      for (JsonNode event : events) {
        boolean isNew = eventIds.add(event.path("event_id").asText());
        if (isNew && event.has("mailbox")) {
          String mailbox = event.path("mailbox").asText();
          mails.merge(mailbox + " " + event.path("type").asText(), 1L, Long::sum);
        } else if (isNew) {
          count(event.path("type").asText(), event.path("message").asText());
        }
      }
    }
    if (isNextAnswerLost) {
      isNextAnswerLost = false;
      throw new UncheckedIOException(new IOException("the answer is lost"));
    }
    ObjectNode answer = JSON.createObjectNode().put("accepted", events.size());
    answer.putArray("rejected");
    send(exchange, 202, answer);
  }

  private void hit(HttpExchange exchange, String path) throws IOException {
    String[] parts = path.split("/", -1);
    boolean isPost = exchange.getRequestMethod().equals("POST");
    String type =
        switch (parts[1]) {
          case "o" -> "opened";
          case "c" -> "clicked";
          case "x" -> "converted";
          default -> isPost ? "unsubscribed" : "unsubscribe_viewed";
        };
    synchronized (this) {
      count(type, parts[2]);
    }
    exchange.sendResponseHeaders(parts[1].equals("c") ? 302 : 200, -1);
  }

  private void count(String type, String message) {
    totals.merge(type, 1, Integer::sum);
    messages.computeIfAbsent(type, any -> new HashSet<>()).add(message);
  }

  private ObjectNode links(JsonNode order) {
    ObjectNode answer = JSON.createObjectNode();
    ArrayNode signed = answer.putArray("messages");
    for (JsonNode message : order.path("messages")) {
      String id = message.path("message").asText();
      ObjectNode links = signed.addObject();
      links.putArray("open").add(url() + "/o/" + id);
      ArrayNode clicks = links.putArray("clicks");
      for (JsonNode target : message.path("urls")) {
        clicks
            .addObject()
            .put("link", target.path("link").asText())
            .put("tracked", url() + "/c/" + id);
      }
      links.put("unsubscribe", url() + "/u/" + id).put("conversion", url() + "/x/" + id);
      links.putArray("warnings");
    }
    return answer;
  }

  private void campaign(HttpExchange exchange, byte[] body) throws IOException {
    if (exchange.getRequestMethod().equals("PUT")) {
      campaign = JSON.readTree(body);
      send(exchange, 200, campaign);
    } else if (campaign.isMissingNode() && totals.isEmpty()) {
      send(exchange, 404, JSON.createObjectNode());
    } else if (exchange.getRequestURI().getPath().endsWith("/heatmap")) {
      send(exchange, 200, JSON.createObjectNode());
    } else {
      send(exchange, 200, numbers());
    }
  }

  /// The answer of `/campaigns/{id}`.
  synchronized ObjectNode numbers() {
    ObjectNode answer = JSON.createObjectNode();
    ObjectNode counts = answer.putObject("counts");
    totals.forEach(
        (type, total) ->
            counts
                .putObject(type)
                .put("total", total)
                .put("unique", messages.getOrDefault(type, Set.of()).size()));
    return answer;
  }

  synchronized JsonNode settings() {
    return campaign;
  }

  private static void send(HttpExchange exchange, int status, JsonNode json) throws IOException {
    byte[] bytes = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
