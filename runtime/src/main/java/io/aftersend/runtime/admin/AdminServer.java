package io.aftersend.runtime.admin;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.BindFailure;
import io.aftersend.runtime.lifecycle.Health;
import io.aftersend.runtime.lifecycle.StartupException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// The operators' HTTP endpoint of a service: `/health/live`, `/health/ready` and `/metrics`. Never
/// to be made public: nobody signs in there.
///
/// Requests run on virtual threads of their own, so a slow reader holds up no other.
public final class AdminServer implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService requests;
  private final String host;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private AdminServer(HttpServer server, ExecutorService requests, String host) {
    this.server = server;
    this.requests = requests;
    this.host = host;
  }

  /// Starts to serve.
  ///
  /// @param port 0 to 65535; 0 takes any free one
  /// @throws StartupException when the address cannot be had
  public static AdminServer start(
      String host, int port, Health health, PrometheusRegistry registry) {
    return start(host, port, health, registry, null);
  }

  /// Starts to serve.
  ///
  /// @param port 0 to 65535; 0 takes any free one
  /// @param portKey the key that the port came from, named when the port cannot be had
  /// @throws StartupException when the address cannot be had
  public static AdminServer start(
      String host,
      int port,
      Health health,
      PrometheusRegistry registry,
      @Nullable ConfigKey portKey) {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
    } catch (UnknownHostException e) {
      throw new StartupException("cannot listen on " + host + ": no such host or address", e);
    } catch (IOException e) {
      throw BindFailure.explain(host, port, portKey == null ? null : portKey.key(), e);
    }
    ExecutorService requests =
        Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("admin-", 0).factory());
    server.setExecutor(requests);
    server.createContext("/", exchange -> answer(exchange, health, registry));
    server.start();
    return new AdminServer(server, requests, host);
  }

  /// The port that it listens on, never 0.
  public int port() {
    return server.getAddress().getPort();
  }

  /// The base URL, without slash at its end.
  public URI url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + port());
  }

  /// Stops at once; requests on the way are cut. Further calls do nothing.
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      server.stop(0);
      requests.shutdownNow();
    }
  }

  private static void answer(HttpExchange exchange, Health health, PrometheusRegistry registry)
      throws IOException {
    try (exchange) {
      Answer answer = answerTo(exchange.getRequestURI().getPath(), health, registry);
      String method = exchange.getRequestMethod();
      if (answer.status() != 404 && !method.equals("GET") && !method.equals("HEAD")) {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        answer = Answer.text(405, "expected GET or HEAD");
      }
      send(exchange, answer);
    }
  }

  private static Answer answerTo(String path, Health health, PrometheusRegistry registry) {
    return switch (path) {
      case "/health/live" -> Answer.of(HealthAnswer.live(health));
      case "/health/ready" -> Answer.of(HealthAnswer.ready(health));
      case "/metrics" -> new Answer(200, MetricsText.CONTENT_TYPE, MetricsText.of(registry));
      default -> Answer.text(404, "expected /health/live, /health/ready or /metrics");
    };
  }

  private static void send(HttpExchange exchange, Answer answer) throws IOException {
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", answer.contentType());
    headers.set("Cache-Control", "no-store");
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(answer.body().length));
      exchange.sendResponseHeaders(answer.status(), -1);
      return;
    }
    exchange.sendResponseHeaders(answer.status(), answer.body().length);
    exchange.getResponseBody().write(answer.body());
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared; lives as long as one request.
  private record Answer(int status, String contentType, byte[] body) {
    static Answer of(HealthAnswer health) {
      return new Answer(
          health.status(),
          HealthAnswer.CONTENT_TYPE,
          health.body().getBytes(StandardCharsets.UTF_8));
    }

    static Answer text(int status, String line) {
      byte[] body = (line + "\n").getBytes(StandardCharsets.UTF_8);
      return new Answer(status, "text/plain; charset=utf-8", body);
    }
  }
}
