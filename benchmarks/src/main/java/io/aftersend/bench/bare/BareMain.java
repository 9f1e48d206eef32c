package io.aftersend.bench.bare;

import io.aftersend.links.KeyRing;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TokenVerifier;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.TenantsFile;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/// A server that verifies the token of a pixel and answers it, and does nothing else: no limits, no
/// other paths, no event, no journal. Beside the edge it shows what a transport and a codec cost.
public final class BareMain {
  private static final int BACKLOG = 4096;

  private BareMain() {}

  private record Transport(IoHandlerFactory io, Class<? extends ServerChannel> channel) {}

  /// Serves until it is killed; prints `READY port=N`.
  ///
  /// @param args `epoll` or `io_uring`, `raw` or `codec`, the tenants file
  public static void main(String[] args) throws InterruptedException {
    Transport transport = transport(args[0]);
    boolean usesCodec = usesCodec(args[1]);
    KeyRing ring = ring(Path.of(args[2]));
    TokenVerifier verifier = new TokenVerifier(() -> ring);
    MultiThreadIoEventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, transport.io);
    Channel listener =
        new ServerBootstrap()
            .group(loop)
            .channel(transport.channel)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (usesCodec) {
                      channel.pipeline().addLast(new HttpServerCodec(), new CodecHandler(verifier));
                    } else {
                      channel.pipeline().addLast(new RawHandler(verifier));
                    }
                  }
                })
            .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .sync()
            .channel();
    System.out.println("READY port=" + ((InetSocketAddress) listener.localAddress()).getPort());
    System.out.flush();
    listener.closeFuture().sync();
  }

  private static Transport transport(String name) {
    return switch (name) {
      case "epoll" -> new Transport(EpollIoHandler.newFactory(), EpollServerSocketChannel.class);
      case "io_uring" ->
          new Transport(IoUringIoHandler.newFactory(), IoUringServerSocketChannel.class);
      default -> throw new IllegalArgumentException("expected epoll or io_uring, got " + name);
    };
  }

  private static boolean usesCodec(String name) {
    return switch (name) {
      case "raw" -> false;
      case "codec" -> true;
      default -> throw new IllegalArgumentException("expected raw or codec, got " + name);
    };
  }

  private static KeyRing ring(Path tenantsFile) {
    KeyRing.Builder ring = KeyRing.builder();
    for (Tenant tenant : new TenantsFile(tenantsFile).read().tenants()) {
      for (SigningKeyEntry key : tenant.signingKeys()) {
        ring.add(SigningKey.of(tenant.id(), key.id(), key.secret().bytes()));
      }
    }
    return ring.build();
  }
}
