package io.aftersend.embedded.clickhouse.front;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.aftersend.embedded.clickhouse.engine.Engine;
import io.aftersend.embedded.clickhouse.engine.EngineConnection;
import io.aftersend.embedded.clickhouse.engine.EngineCounts;
import io.aftersend.embedded.clickhouse.engine.EngineException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// ClickHouse's HTTP interface: `/`, `/ping` and `/replicas_status`. Thread-safe.
final class QueryHandler implements HttpHandler {
  private static final Logger LOG = LoggerFactory.getLogger(QueryHandler.class);
  private static final int TOO_MANY_STATEMENTS = 202;
  private static final int NETWORK_ERROR = 210;
  private static final int NOT_IMPLEMENTED = 48;
  private static final String OK = "Ok.\n";

  private final FrontConfig config;
  private final Engine engine;
  private final Gate gate;
  private final Answer.Server server;
  private final Semaphore turns;
  private final Sessions sessions;

  QueryHandler(FrontConfig config, Engine engine, Sessions sessions, String serverName) {
    this.config = config;
    this.engine = engine;
    this.sessions = sessions;
    this.gate = new Gate(config);
    this.server = new Answer.Server(serverName, engine.version(), engine.timeZone());
    this.turns = new Semaphore(config.maxStatements(), true);
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Request request;
    try {
      request = Request.of(exchange);
    } catch (EngineException e) {
      send(exchange, 400, e.text(engine.version()) + "\n");
      return;
    }
    Optional<String> refusal = gate.refusal(request);
    if (refusal.isPresent()) {
      send(exchange, 403, refusal.get() + "\n");
      return;
    }
    switch (exchange.getRequestURI().getPath()) {
      case "/ping", "/replicas_status" -> send(exchange, 200, OK);
      case "/", "/query" -> statement(exchange, request);
      default ->
          send(exchange, 404, "There is no handle " + exchange.getRequestURI().getPath() + "\n");
    }
  }

  private void statement(HttpExchange exchange, Request request) throws IOException {
    if (request.isReadOnly() && request.parameter("query").isEmpty()) {
      send(exchange, 200, OK);
      return;
    }
    Answer answer = new Answer(exchange, server, request);
    try {
      gate.authenticate(request);
      run(exchange, request, answer);
      answer.end();
    } catch (EngineException e) {
      answer.fail(e);
    } catch (RuntimeException e) {
      answer.fail(EngineException.of(49, "LOGICAL_ERROR", "The front failed: " + e));
      throw e;
    }
  }

  private void run(HttpExchange exchange, Request request, Answer answer)
      throws EngineException, IOException {
    if (request.header("Content-Type").orElse("").startsWith("multipart/")) {
      throw EngineException.of(
          NOT_IMPLEMENTED,
          "NOT_IMPLEMENTED",
          "External tables in a multipart body are not supported by the embedded ClickHouse");
    }
    try (InputStream body = Encodings.decoded(request, exchange.getRequestBody())) {
      SqlSource source =
          SqlSource.of(
              request.parameter("query").orElse(""), body, request.namedFormat().orElse(""));
      takeTurn();
      try {
        runOnConnection(request, source, answer);
      } finally {
        turns.release();
      }
    } catch (IOException e) {
      // Before the answer has begun this is the body's end or encoding; the client may still
      // listen.
      answer.failIfUnbegun(
          EngineException.of(NETWORK_ERROR, "NETWORK_ERROR", "Cannot read the request: " + e));
      throw e;
    }
  }

  private void takeTurn() throws EngineException {
    try {
      if (turns.tryAcquire(config.maxWait().toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw EngineException.of(
        TOO_MANY_STATEMENTS,
        "TOO_MANY_SIMULTANEOUS_QUERIES",
        "Too many simultaneous queries. Maximum: " + config.maxStatements());
  }

  /// Waits until no statement runs, and lets none begin after that.
  void drain(Duration limit) {
    try {
      boolean isIdle =
          turns.tryAcquire(config.maxStatements(), limit.toMillis(), TimeUnit.MILLISECONDS);
      LOG.info("statements at the end: {}", isIdle ? "none" : "some, left behind");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void runOnConnection(Request request, SqlSource source, Answer answer)
      throws EngineException, IOException {
    Optional<String> session = request.parameter("session_id");
    if (session.isEmpty()) {
      // A connection of its own keeps a request's settings from every other request.
      try (EngineConnection connection = engine.connect()) {
        run(new StatementRunner(connection, request), source, answer);
      }
      return;
    }
    int timeoutSeconds = request.number("session_timeout", Sessions.DEFAULT_TIMEOUT_SECONDS);
    EngineConnection connection = sessions.take(session.get());
    try {
      StatementRunner runner = new StatementRunner(connection, request);
      try {
        run(runner, source, answer);
      } finally {
        runner.restore();
      }
    } finally {
      sessions.release(session.get(), timeoutSeconds);
    }
  }

  private static void run(StatementRunner runner, SqlSource source, Answer answer)
      throws EngineException, IOException {
    long startNs = System.nanoTime();
    runner.prepare();
    EngineCounts counts = source.hasData() ? runner.insert(source) : runner.query(source, answer);
    answer.summarize(counts, System.nanoTime() - startNs);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=UTF-8");
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, isHead ? -1 : bytes.length);
    if (!isHead) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }
}
