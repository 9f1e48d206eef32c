package io.aftersend.edge.http;

import com.sun.management.UnixOperatingSystemMXBean;
import io.aftersend.edge.tls.CertificateDirectory;
import io.aftersend.edge.tls.TlsConfig;
import io.aftersend.runtime.config.ConfigKey;
import io.netty.channel.Channel;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A running HTTP/1.1 server: event loops that each accept and serve their share of the connections
/// with a handler of their own. Uses epoll where it is there; else NIO, and a thread that accepts.
public final class HttpServer implements AutoCloseable {
  private static final long SHUTDOWN_TIMEOUT_MS = 2_000;
  private static final long SPARE_FILE_DESCRIPTORS = 500;
  private static final Logger log = LoggerFactory.getLogger(HttpServer.class);

  private final Reception reception;
  private final @Nullable EventLoopGroup accepting;
  private final EventLoopGroup loops;
  private final Listeners plain;
  private final @Nullable Listeners secure;

  private HttpServer(
      HttpConfig config,
      @Nullable CertificateDirectory certificates,
      HttpEvents events,
      InstantSource clock,
      IntFunction<RequestHandler> handlers) {
    boolean hasEpoll = Epoll.isAvailable();
    IoHandlerFactory io = hasEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    reception = new Reception(config, events);
    accepting = hasEpoll ? null : group(1, "edge-accept", io);
    loops = group(config.eventLoops(), "edge-loop", io);
    int index = 0;
    for (EventExecutor loop : loops) {
      RequestHandler handler = handlers.apply(index++);
      reception.add(loop, LoopParts.of(config.limits(), handler, events, clock));
    }
    compareWithFileDescriptors(config.limits().maxConnections());
    try {
      plain = listen(config.host(), config.port(), ConfigKey.EDGE_PORT, null);
      TlsConfig tls = config.tls();
      secure =
          tls == null
              ? null
              : listen(config.host(), tls.port(), ConfigKey.EDGE_TLS_PORT, certificates);
    } catch (RuntimeException e) {
      endThreads();
      throw e;
    }
  }

  /// Files, other sockets and the JVM itself need descriptors, too.
  private static void compareWithFileDescriptors(int maxConnections) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        && unix.getMaxFileDescriptorCount() < maxConnections + SPARE_FILE_DESCRIPTORS) {
      log.warn(
          "{} allows {} connections, but the process may have no more than {} file descriptors"
              + " (ulimit -n): further clients will wait to be accepted",
          ConfigKey.EDGE_MAX_CONNECTIONS.key(),
          maxConnections,
          unix.getMaxFileDescriptorCount());
    }
  }

  private Listeners listen(
      String host, int port, ConfigKey portKey, @Nullable CertificateDirectory certificates) {
    Welcome welcome = new Welcome(reception, certificates);
    return Listeners.open(host, port, portKey.key(), accepting, loops, welcome);
  }

  /// Begins to listen, without TLS.
  ///
  /// @param handlers makes the handler of the loop of that index; not called after the return
  /// @throws io.aftersend.runtime.lifecycle.StartupException when the address cannot be had
  public static HttpServer start(
      HttpConfig config,
      HttpEvents events,
      InstantSource clock,
      IntFunction<RequestHandler> handlers) {
    return start(config, null, events, clock, handlers);
  }

  /// Begins to listen.
  ///
  /// @param certificates for TLS; null where the configuration has none
  /// @param handlers makes the handler of the loop of that index; not called after the return
  /// @throws io.aftersend.runtime.lifecycle.StartupException when an address cannot be had
  public static HttpServer start(
      HttpConfig config,
      @Nullable CertificateDirectory certificates,
      HttpEvents events,
      InstantSource clock,
      IntFunction<RequestHandler> handlers) {
    if ((config.tls() == null) != (certificates == null)) {
      throw new IllegalArgumentException("expected certificates with TLS, and none without");
    }
    return new HttpServer(config, certificates, events, clock, handlers);
  }

  /// The port that it listens on, never 0.
  public int port() {
    return plain.port();
  }

  /// The base URL, without slash at its end.
  public URI url() {
    return plain.url("http");
  }

  /// The base URL of the TLS port, without slash at its end; null when there is none.
  public @Nullable URI tlsUrl() {
    return secure == null ? null : secure.url("https");
  }

  /// The connections that are open now.
  public int openConnections() {
    return reception.openConnections();
  }

  /// Takes no further connections, closes those between requests, and lets the others finish the
  /// request that is under way.
  ///
  /// @return how many connections were still open at the end of `timeout`; those are cut
  public int drain(Duration timeout) throws InterruptedException {
    stopListening();
    for (Channel connection : reception.connections()) {
      connection.pipeline().fireUserEventTriggered(Connection.DRAIN);
    }
    reception.connections().newCloseFuture().await(timeout.toMillis());
    int left = reception.connections().size();
    reception.connections().close().await(SHUTDOWN_TIMEOUT_MS);
    return left;
  }

  /// Cuts what is left and ends the threads. Further calls do nothing.
  @Override
  public void close() {
    stopListening();
    reception.connections().close().awaitUninterruptibly(SHUTDOWN_TIMEOUT_MS);
    endThreads();
  }

  private void stopListening() {
    reception.beginDraining();
    plain.close();
    if (secure != null) {
      secure.close();
    }
  }

  private void endThreads() {
    var served = loops.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    if (accepting != null) {
      accepting
          .shutdownGracefully(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS)
          .awaitUninterruptibly(SHUTDOWN_TIMEOUT_MS);
    }
    served.awaitUninterruptibly(SHUTDOWN_TIMEOUT_MS);
  }

  private static EventLoopGroup group(int threads, String name, IoHandlerFactory io) {
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), io);
  }
}
