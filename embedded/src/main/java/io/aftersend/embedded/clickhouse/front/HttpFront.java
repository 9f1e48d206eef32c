package io.aftersend.embedded.clickhouse.front;

import com.sun.net.httpserver.HttpServer;
import io.aftersend.embedded.clickhouse.engine.Engine;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// The HTTP server in front of the engine.
///
/// Its threads are platform threads, since a statement keeps its thread inside native code.
/// Thread-safe.
public final class HttpFront implements AutoCloseable {
  /// More than statements at a time, so that `/ping` and refusals are answered while those wait.
  private static final int THREADS_BESIDE_STATEMENTS = 56;

  private static final int BACKLOG = 256;
  private static final Duration DRAIN = Duration.ofSeconds(3);

  private final HttpServer server;
  private final ExecutorService threads;
  private final Sessions sessions;
  private final QueryHandler handler;

  private HttpFront(
      HttpServer server, ExecutorService threads, Sessions sessions, QueryHandler handler) {
    this.handler = handler;
    this.server = server;
    this.threads = threads;
    this.sessions = sessions;
  }

  /// The JVM options that the HTTP server below reads once, when it is loaded.
  public static List<String> jvmOptions() {
    return List.of(
        "-Dsun.net.httpserver.nodelay=true",
        // A client must not find its kept-alive connection closed between two of its statements.
        "-Dsun.net.httpserver.idleInterval=300",
        "-Dsun.net.httpserver.maxIdleConnections=500",
        // A client that stops in the middle of its request must not hold its turn for ever.
        "-Dsun.net.httpserver.maxReqTime=600",
        // An insert refused early is still read to its end, so that the client gets to read why.
        "-Dsun.net.httpserver.drainAmount=67108864");
  }

  /// Listens and serves.
  ///
  /// @throws IOException when the address cannot be bound
  public static HttpFront start(FrontConfig config, Engine engine, String serverName)
      throws IOException {
    InetAddress address = InetAddress.getByName(config.host());
    HttpServer server = HttpServer.create(new InetSocketAddress(address, config.port()), BACKLOG);
    ExecutorService threads =
        Executors.newFixedThreadPool(
            config.maxStatements() + THREADS_BESIDE_STATEMENTS,
            Thread.ofPlatform().name("clickhouse-http-", 0).daemon().factory());
    Sessions sessions = new Sessions(engine, System::nanoTime);
    server.setExecutor(threads);
    QueryHandler handler = new QueryHandler(config, engine, sessions, serverName);
    server.createContext("/", handler);
    server.start();
    return new HttpFront(server, threads, sessions, handler);
  }

  /// The port it listens on.
  public int port() {
    return server.getAddress().getPort();
  }

  /// Takes no more statements, lets running ones end for a few seconds, then leaves them.
  @Override
  public void close() {
    // The server's own way of waiting counts a broken-off answer as running for ever.
    handler.drain(DRAIN);
    server.stop(0);
    threads.shutdownNow();
    sessions.close();
  }
}
