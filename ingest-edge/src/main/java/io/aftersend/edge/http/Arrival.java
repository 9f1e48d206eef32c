package io.aftersend.edge.http;

import io.aftersend.edge.http.HttpEvents.CloseReason;
import io.aftersend.edge.proxy.ProxyHeaderDecoder;
import io.aftersend.edge.tls.CertificateDirectory;
import io.aftersend.edge.tls.TlsHandshake;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SniCompletionEvent;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A connection before its first request: a PROXY header, a TLS handshake, or both have yet to
/// come. It stands at the pipeline's end until the [Connection] takes its place, and for the whole
/// way a client has the time of one request's headers. Confined to its event loop.
final class Arrival extends ChannelInboundHandlerAdapter implements ProxyHeaderDecoder.Listener {
  private final Reception reception;
  private final Channel channel;
  private final @Nullable CertificateDirectory certificates;
  private final Future<?> deadline;
  private byte @Nullable [] peer;
  private boolean isInHandshake;
  private boolean isOver;

  /// @param certificates null: no TLS
  /// @param peer who connected
  Arrival(
      Reception reception,
      Channel channel,
      @Nullable CertificateDirectory certificates,
      byte @Nullable [] peer) {
    this.reception = reception;
    this.channel = channel;
    this.certificates = certificates;
    this.peer = peer;
    this.deadline =
        channel
            .eventLoop()
            .schedule(
                this::giveUp, reception.limits().headerTimeout().toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public void onClient(byte @Nullable [] client) {
    if (client != null) {
      peer = client;
    }
    if (!reception.admit(channel, peer)) {
      end();
    } else if (certificates != null) {
      expectHandshake();
    } else {
      serve();
    }
  }

  @Override
  public void onNoProxyHeader() {
    fail(CloseReason.PROXY_HEADER);
  }

  /// Begins to wait for the client's side of a handshake. It goes before this handler, which has to
  /// be in the pipeline.
  void expectHandshake() {
    if (certificates == null) {
      throw new IllegalStateException("expected certificates for a handshake, got none");
    }
    isInHandshake = true;
    String here = channel.pipeline().context(this).name();
    channel.pipeline().addBefore(here, null, new TlsHandshake(certificates));
  }

  private void serve() {
    end();
    channel.pipeline().replace(this, null, reception.serve(channel, peer));
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    switch (event) {
      case SslHandshakeCompletionEvent handshake -> {
        if (handshake.isSuccess()) {
          serve();
        } else {
          failHandshake(handshake.cause());
        }
      }
      case SniCompletionEvent sni when !sni.isSuccess() -> failHandshake(sni.cause());
      default -> {
        if (Connection.DRAIN.equals(event)) {
          end();
          var _ = channel.close();
        }
      }
    }
  }

  /// A client that goes away during the handshake is nobody's failure.
  private void failHandshake(Throwable cause) {
    if (cause instanceof ClosedChannelException) {
      end();
      var _ = channel.close();
    } else {
      fail(CloseReason.TLS_HANDSHAKE);
    }
  }

  private void giveUp() {
    fail(isInHandshake ? CloseReason.TLS_TIMEOUT : CloseReason.PROXY_TIMEOUT);
  }

  private void fail(CloseReason reason) {
    if (!isOver) {
      reception.events().closed(reason);
    }
    end();
    var _ = channel.close();
  }

  private void end() {
    isOver = true;
    deadline.cancel(false);
  }

  /// Nothing is for this handler: what comes is the rest of a connection that is being closed.
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ReferenceCountUtil.release(message);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
  }

  /// What breaks here is the client's doing, or the handshake's, which tells by an event.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    end();
    var _ = channel.close();
  }
}
