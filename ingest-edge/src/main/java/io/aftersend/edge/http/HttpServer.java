package io.aftersend.edge.http;

import io.aftersend.edge.http.HttpEvents.CloseReason;
import io.aftersend.runtime.config.ConfigKey;
import io.aftersend.runtime.lifecycle.BindFailure;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;

/// A running HTTP/1.1 server: one accepting thread, and event loops that each serve their share of
/// the connections with a handler of their own. Uses epoll where it is there, else NIO.
public final class HttpServer implements AutoCloseable {
  private static final int BACKLOG = 4096;
  private static final long SHUTDOWN_TIMEOUT_MS = 2_000;

  /// Holds many answers. Left to itself the system holds megabytes for each client that never
  /// reads.
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private final HttpConfig config;
  private final HttpEvents events;
  private final MultiThreadIoEventLoopGroup accepting;
  private final MultiThreadIoEventLoopGroup loops;
  private final IdentityHashMap<EventExecutor, LoopParts> partsByLoop = new IdentityHashMap<>();
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final AtomicInteger open = new AtomicInteger();
  private final InetSocketAddress address;
  private final Channel listener;
  private volatile boolean isDraining;

  private HttpServer(
      HttpConfig config,
      HttpEvents events,
      InstantSource clock,
      IntFunction<RequestHandler> handlers) {
    this.config = config;
    this.events = events;
    boolean hasEpoll = Epoll.isAvailable();
    IoHandlerFactory io = hasEpoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    accepting = group(1, "edge-accept", io);
    loops = group(config.eventLoops(), "edge-loop", io);
    int index = 0;
    for (EventExecutor loop : loops) {
      RequestHandler handler = handlers.apply(index++);
      partsByLoop.put(loop, LoopParts.of(config.limits(), handler, events, clock));
    }
    listener = bind(hasEpoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
    address = (InetSocketAddress) listener.localAddress();
  }

  /// Begins to listen.
  ///
  /// @param handlers makes the handler of the loop of that index; not called after the return
  /// @throws io.aftersend.runtime.lifecycle.StartupException when the address cannot be had
  public static HttpServer start(
      HttpConfig config,
      HttpEvents events,
      InstantSource clock,
      IntFunction<RequestHandler> handlers) {
    return new HttpServer(config, events, clock, handlers);
  }

  /// The port that it listens on, never 0.
  public int port() {
    return address.getPort();
  }

  /// The base URL, without slash at its end.
  public URI url() {
    String host = config.host();
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://" + name + ":" + port());
  }

  /// The connections that are open now.
  public int openConnections() {
    return open.get();
  }

  /// Takes no further connections, closes those between requests, and lets the others finish the
  /// request that is under way.
  ///
  /// @return how many connections were still open at the end of `timeout`; those are cut
  public int drain(Duration timeout) throws InterruptedException {
    isDraining = true;
    listener.close().awaitUninterruptibly();
    for (Channel connection : connections) {
      connection.pipeline().fireUserEventTriggered(Connection.DRAIN);
    }
    connections.newCloseFuture().await(timeout.toMillis());
    int left = connections.size();
    connections.close().await(SHUTDOWN_TIMEOUT_MS);
    return left;
  }

  /// Cuts what is left and ends the threads. Further calls do nothing.
  @Override
  public void close() {
    isDraining = true;
    listener.close().awaitUninterruptibly();
    connections.close().awaitUninterruptibly(SHUTDOWN_TIMEOUT_MS);
    endThreads();
  }

  private void endThreads() {
    var accepted = accepting.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    var served = loops.shutdownGracefully(0, SHUTDOWN_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    accepted.awaitUninterruptibly(SHUTDOWN_TIMEOUT_MS);
    served.awaitUninterruptibly(SHUTDOWN_TIMEOUT_MS);
  }

  private static MultiThreadIoEventLoopGroup group(int threads, String name, IoHandlerFactory io) {
    return new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory(name, true), io);
  }

  private Channel bind(Class<? extends ServerChannel> type) {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(accepting, loops)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
            // A client may send its request, end its side, and still read the answer.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(new Welcome())
            .bind(new InetSocketAddress(config.host(), config.port()))
            .awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      endThreads();
      throw BindFailure.explain(config.host(), config.port(), ConfigKey.EDGE_PORT.key(), cause);
    }
    return bound.channel();
  }

  private final class Welcome extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      if (open.incrementAndGet() > config.limits().maxConnections() || isDraining) {
        open.decrementAndGet();
        events.closed(CloseReason.TOO_MANY_CONNECTIONS);
        var _ = channel.close();
        return;
      }
      channel.closeFuture().addListener(closed -> open.decrementAndGet());
      LoopParts parts =
          Objects.requireNonNull(partsByLoop.get(channel.eventLoop()), "an event loop of ours");
      channel.pipeline().addLast(new Connection(parts, channel));
      connections.add(channel);
      if (isDraining) {
        var _ = channel.close();
      }
    }
  }
}
