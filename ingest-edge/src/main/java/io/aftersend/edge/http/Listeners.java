package io.aftersend.edge.http;

import io.aftersend.runtime.lifecycle.BindFailure;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.unix.UnixChannelOption;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// The sockets that listen on one port. With epoll each event loop has one of its own and accepts
/// for itself, while the kernel spreads the connections; without, one thread accepts for all.
final class Listeners {
  /// Holds many answers. Left to itself the system holds megabytes for each client that never
  /// reads.
  private static final int SEND_BUFFER_BYTES = 128 * 1024;

  private static final int BACKLOG = 4096;

  private final ChannelGroup listeners = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final String host;
  private final String portKey;
  private final ChannelHandler welcome;

  /// With port 0 until the first socket has been bound.
  private InetSocketAddress address;

  private Listeners(String host, int port, String portKey, ChannelHandler welcome) {
    this.host = host;
    this.portKey = portKey;
    this.welcome = welcome;
    this.address = new InetSocketAddress(host, port);
  }

  /// Begins to listen.
  ///
  /// @param port 0 takes any free one
  /// @param portKey where the port comes from, for messages
  /// @param accepting accepts for all loops; null with epoll, where they accept for themselves
  /// @param welcome sees every new connection; shared by the loops
  /// @throws io.aftersend.runtime.lifecycle.StartupException when the address cannot be had
  static Listeners open(
      String host,
      int port,
      String portKey,
      @Nullable EventLoopGroup accepting,
      EventLoopGroup loops,
      ChannelHandler welcome) {
    Listeners opened = new Listeners(host, port, portKey, welcome);
    if (accepting != null) {
      var _ = opened.bind(opened.bootstrap(accepting, loops, NioServerSocketChannel.class));
    } else {
      opened.bindOnEach(loops);
    }
    return opened;
  }

  /// Sockets that share a port would share it with another process of the same user just as well.
  /// So a guard takes the port alone, which fails where anybody listens, and lets go when the
  /// others have it. It accepts nothing.
  private void bindOnEach(EventLoopGroup loops) {
    Channel guard =
        bind(
            bootstrap(loops, loops, EpollServerSocketChannel.class)
                .option(ChannelOption.AUTO_READ, false));
    guard.config().setOption(UnixChannelOption.SO_REUSEPORT, true);
    for (EventExecutor loop : loops) {
      EventLoopGroup own = (EventLoopGroup) loop;
      var _ =
          bind(
              bootstrap(own, own, EpollServerSocketChannel.class)
                  .option(UnixChannelOption.SO_REUSEPORT, true));
    }
    guard.close().awaitUninterruptibly();
  }

  private ServerBootstrap bootstrap(
      EventLoopGroup accepting, EventLoopGroup serving, Class<? extends ServerChannel> type) {
    return new ServerBootstrap()
        .group(accepting, serving)
        .channel(type)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES)
        // A client may send its request, end its side, and still read the answer.
        .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .childHandler(welcome);
  }

  private Channel bind(ServerBootstrap bootstrap) {
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    Throwable cause = bound.cause();
    if (cause != null) {
      close();
      throw BindFailure.explain(host, address.getPort(), portKey, cause);
    }
    Channel listener = bound.channel();
    listeners.add(listener);
    address = (InetSocketAddress) listener.localAddress();
    return listener;
  }

  /// The port, never 0.
  int port() {
    return address.getPort();
  }

  /// How it is reached, without slash at its end.
  URI url(String scheme) {
    String name = host.contains(":") ? "[" + host + "]" : host;
    return URI.create(scheme + "://" + name + ":" + port());
  }

  /// Takes no further connections. Further calls do nothing.
  void close() {
    listeners.close().awaitUninterruptibly();
  }
}
