package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;

/// The end of a connection after its last answer. A connection that is closed while bytes come in
/// is reset, and a reset can take the answer along; so where more may come, only our side is ended,
/// and the rest is read over. Confined to its event loop.
final class Farewell {
  /// Many clients send all of a refused body before they look for an answer.
  private static final int MAX_READ_OVER_BYTES = 32 * 1024 * 1024;

  private final Channel channel;
  private boolean isClean;
  private int readOverBytes;

  Farewell(Channel channel) {
    this.channel = channel;
  }

  /// Ends the connection once the answer is written.
  ///
  /// @param isClean whether the client has nothing more under way, as far as can be known
  void after(ChannelFuture written, boolean isClean) {
    this.isClean = isClean;
    if (isClean || !(channel instanceof DuplexChannel duplex)) {
      written.addListener(ChannelFutureListener.CLOSE);
    } else {
      written.addListener(ignored -> endOutput(duplex));
    }
  }

  boolean isClean() {
    return isClean;
  }

  /// Reads over what still comes.
  ///
  /// @param in taken: released
  /// @return false when it was too much
  boolean readOver(ByteBuf in) {
    readOverBytes += in.readableBytes();
    in.release();
    return readOverBytes <= MAX_READ_OVER_BYTES;
  }

  /// Within TLS the end is told first: without that a client could take the answer for cut.
  private static void endOutput(DuplexChannel channel) {
    SslHandler tls = channel.pipeline().get(SslHandler.class);
    if (tls == null) {
      var _ = channel.shutdownOutput();
    } else {
      tls.closeOutbound().addListener(told -> channel.shutdownOutput());
    }
  }
}
