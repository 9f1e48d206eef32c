package io.aftersend.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// A receiver of webhooks that answers as it is told, checks every signature by itself, and keeps
/// what it took in the order in which it took it.
final class WebhookReceiver implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final List<Taken> taken = new ArrayList<>();
  private final AtomicInteger refused = new AtomicInteger();
  private final AtomicInteger forged = new AtomicInteger();
  private volatile ToIntFunction<JsonNode> answers = _ -> 200;
  private final Map<String, String> secrets = new ConcurrentHashMap<>();

  /// What it took.
  ///
  /// @param path of the URL, which tells the webhook
  /// @param id the header `webhook-id`
  record Taken(String path, String id, JsonNode body) {
    String type() {
      return body.path("type").asText();
    }

    String message() {
      return body.at("/data/message").asText();
    }

    /// Which judgement of which event it is.
    String judgement() {
      return body.at("/data/event_id").asText() + " " + body.at("/data/revision").asLong();
    }
  }

  private WebhookReceiver(HttpServer server) {
    this.server = server;
  }

  static WebhookReceiver start() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    WebhookReceiver receiver = new WebhookReceiver(server);
    server.createContext("/", receiver::receive);
    server.setExecutor(receiver.threads);
    server.start();
    return receiver;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  void answerWith(ToIntFunction<JsonNode> status) {
    answers = status;
  }

  /// Checks what comes to that path.
  void checkWith(String path, String secret) {
    secrets.put(path, secret);
  }

  List<Taken> taken(String path) {
    return taken().stream().filter(each -> each.path().equals(path)).toList();
  }

  List<Taken> taken() {
    synchronized (taken) {
      return List.copyOf(taken);
    }
  }

  /// How many requests it did not take.
  int refused() {
    return refused.get();
  }

  /// How many requests were not signed with the secret.
  int forged() {
    return forged.get();
  }

  private void receive(HttpExchange exchange) throws IOException {
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    JsonNode body = Client.json(new String(bytes, StandardCharsets.UTF_8));
    if (!isSigned(exchange, bytes)) {
      forged.incrementAndGet();
    }
    int status = answers.applyAsInt(body);
    if (status / 100 == 2) {
      synchronized (taken) {
        taken.add(
            new Taken(
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("webhook-id"),
                body));
      }
    } else {
      refused.incrementAndGet();
    }
    exchange.sendResponseHeaders(status, -1);
    exchange.close();
  }

  private boolean isSigned(HttpExchange exchange, byte[] body) {
    String start =
        exchange.getRequestHeaders().getFirst("webhook-id")
            + "."
            + exchange.getRequestHeaders().getFirst("webhook-timestamp")
            + ".";
    String secret = secrets.getOrDefault(exchange.getRequestURI().getPath(), "whsec_AAAA");
    try {
      byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      mac.update(start.getBytes(StandardCharsets.UTF_8));
      String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
      return expected.equals(exchange.getRequestHeaders().getFirst("webhook-signature"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
