package io.aftersend.edge.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The first handler of a connection that must begin with a PROXY header. It takes the header away,
/// tells the listener, and leaves; what comes after goes on to the handlers behind it.
public final class ProxyHeaderDecoder extends ByteToMessageDecoder {
  private final Listener listener;
  private boolean isBroken;

  public ProxyHeaderDecoder(Listener listener) {
    this.listener = listener;
  }

  /// Who wants to know the client. Called once, on the event loop.
  public interface Listener {
    /// @param client 4 or 16 bytes, IPv4-mapped ones as 4; null: the peer itself
    void onClient(byte @Nullable [] client);

    /// The connection began with something else, and is of no use.
    void onNoProxyHeader();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (isBroken) {
      in.skipBytes(in.readableBytes());
      return;
    }
    switch (ProxyHeader.read(in)) {
      case ProxyHeader.Incomplete() -> {}
      case ProxyHeader.Broken() -> {
        isBroken = true;
        in.skipBytes(in.readableBytes());
        listener.onNoProxyHeader();
      }
      case ProxyHeader.Whole whole -> {
        in.skipBytes(whole.lengthBytes());
        listener.onClient(whole.client());
        if (!ctx.isRemoved()) {
          ctx.pipeline().remove(this);
        }
      }
    }
  }
}
