package io.aftersend.query.http;

import io.aftersend.query.problem.Problem;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.BindFailure;
import io.aftersend.runtime.lifecycle.StartupException;
import io.helidon.http.DirectHandler;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.helidon.webserver.http1.Http1Config;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The listening HTTP server: an adapter between Helidon and [Routes]. Each request runs on a
/// virtual thread of its own.
public final class HttpServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);
  private static final int MAX_REQUEST_LINE_BYTES = 16 * 1024;
  private static final int MAX_HEADERS_BYTES = 32 * 1024;
  private static final int MAX_CONNECTIONS = 2_000;
  private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);

  /// How long a client may stay silent in the middle of a request.
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

  private final WebServer server;
  private final String host;
  private final AtomicBoolean isClosed = new AtomicBoolean();

  private HttpServer(WebServer server, String host) {
    this.server = server;
    this.host = host;
  }

  /// Starts to serve.
  ///
  /// @param port 0 to 65535; 0 takes any free one
  /// @throws StartupException when the address cannot be had
  public static HttpServer start(String host, int port, Routes routes) {
    requireFree(host, port);
    WebServer server =
        WebServer.builder()
            .host(host)
            .port(port)
            .shutdownHook(false)
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .addProtocol(
                Http1Config.builder()
                    .maxPrologueLength(MAX_REQUEST_LINE_BYTES)
                    .maxHeadersSize(MAX_HEADERS_BYTES)
                    .build())
            .connectionOptions(options -> options.readTimeout(READ_TIMEOUT))
            .idleConnectionTimeout(IDLE_TIMEOUT)
            .maxTcpConnections(MAX_CONNECTIONS)
            .shutdownGracePeriod(STOP_TIMEOUT)
            .directHandlers(problems())
            .routing(
                routing -> routing.any((request, response) -> serve(routes, request, response)))
            .build();
    server.start();
    if (!server.isRunning()) {
      throw refused(host, port, new IOException("the server did not start; its log tells why"));
    }
    return new HttpServer(server, host);
  }

  /// Helidon only logs that it cannot listen, so the address is tried before.
  private static void requireFree(String host, int port) {
    try (ServerSocket probe = new ServerSocket()) {
      probe.setReuseAddress(true);
      probe.bind(new InetSocketAddress(host, port));
    } catch (IOException e) {
      throw refused(host, port, e);
    }
  }

  private static StartupException refused(String host, int port, IOException reason) {
    return BindFailure.explain(host, port, ConfigKey.API_PORT.key(), reason);
  }

  /// The base URL, without slash at its end.
  public URI url() {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + server.port());
  }

  /// Refuses new connections, lets requests on the way end within 5 seconds, and stops. Further
  /// calls do nothing.
  @Override
  public void close() {
    if (isClosed.compareAndSet(false, true)) {
      server.stop();
    }
  }

  private static void serve(Routes routes, ServerRequest request, ServerResponse response) {
    Answer answer = routes.answer(request(request));
    response.status(Status.create(answer.status()));
    answer.headers().forEach(response::header);
    response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
    if (request.prologue().method().text().equals("HEAD")) {
      response.contentLength(answer.body().length);
      response.send();
    } else if (answer.stream() != null) {
      stream(answer.stream(), response);
    } else if (answer.body().length == 0) {
      response.send();
    } else {
      response.send(answer.body());
    }
  }

  private static void stream(Answer.Stream stream, ServerResponse response) {
    try (OutputStream out = response.outputStream()) {
      stream.writeTo(out);
    } catch (IOException | UncheckedIOException e) {
      log.debug("A reader of a stream has gone", e);
    }
  }

  private static ApiRequest request(ServerRequest request) {
    HttpPrologue prologue = request.prologue();
    Map<String, String> headers = new HashMap<>();
    for (Header header : request.headers()) {
      String name = header.headerName().lowerCase();
      headers.merge(name, String.join(", ", header.allValues()), (a, b) -> a + ", " + b);
    }
    return new ApiRequest(
        prologue.method().text().toUpperCase(Locale.ROOT),
        prologue.uriPath().rawPath(),
        prologue.hasQuery() ? prologue.query().rawValue() : "",
        headers,
        () -> request.content().inputStream());
  }

  /// What Helidon answers by itself, before any route: broken or too large requests.
  private static DirectHandlers problems() {
    DirectHandlers.Builder handlers = DirectHandlers.builder();
    for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
      handlers.addHandler(type, HttpServer::problem);
    }
    return handlers.build();
  }

  private static DirectHandler.TransportResponse problem(
      DirectHandler.TransportRequest request,
      DirectHandler.EventType type,
      Status status,
      ServerResponseHeaders headers,
      @Nullable String message) {
    boolean isEncoded = request.headers().contains(HeaderNames.CONTENT_ENCODING);
    // Helidon refuses a body that it cannot decode before any route sees it.
    int code = status.code() == 400 && isEncoded ? 415 : status.code();
    Problem problem = Problem.of(code, detail(code));
    log.debug("{} {} refused: {} {}", request.method(), request.path(), status, message);
    Answer answer = SecurityHeaders.addTo(ProblemAnswer.of(problem));
    DirectHandler.TransportResponse.Builder response =
        DirectHandler.TransportResponse.builder().status(Status.create(code)).headers(headers);
    answer.headers().forEach((name, value) -> response.header(HeaderNames.create(name), value));
    return response
        .header(HeaderNames.CONTENT_TYPE, answer.contentType())
        .keepAlive(false)
        .entity(answer.body())
        .build();
  }

  private static String detail(int status) {
    return switch (status) {
      case 414 -> "expected a request line of at most " + MAX_REQUEST_LINE_BYTES + " bytes";
      case 415 -> "Content-Encoding: expected none";
      case 505 -> "expected HTTP/1.1";
      default ->
          status >= 500
              ? "an error of the server's own"
              : "expected well-formed HTTP/1.1 with headers of at most %d bytes in all"
                  .formatted(MAX_HEADERS_BYTES);
    };
  }
}
