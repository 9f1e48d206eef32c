package io.aftersend.bench.bare;

import io.aftersend.links.TokenVerifier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.nio.charset.StandardCharsets;

/// The least that answers a request: finds its end, verifies the token, writes bytes made before.
/// Takes only whole requests, one a read. Confined to its event loop.
public final class RawHandler extends ChannelInboundHandlerAdapter {
  private static final int MAX_BYTES = 8192;

  private final PixelPath path;
  private final byte[] request = new byte[MAX_BYTES];
  private final ByteBuf answer = Unpooled.directBuffer();

  public RawHandler(TokenVerifier verifier) {
    this.path = new PixelPath(verifier);
    answer
        .writeBytes(
            ("HTTP/1.1 200 OK\r\nContent-Type: image/gif\r\nContent-Length: "
                    + Pixel.BYTES.length
                    + "\r\nCache-Control: no-store\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII))
        .writeBytes(Pixel.BYTES);
  }

  /// Takes ownership of the bytes.
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    int length = in.readableBytes();
    in.readBytes(request, 0, length);
    in.release();
    if (request[length - 4] != '\r' || request[length - 1] != '\n' || !path.isValid(request)) {
      throw new IllegalStateException("expected one whole request for a pixel");
    }
    var _ = ctx.write(answer.retainedDuplicate(), ctx.voidPromise());
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    answer.release();
  }
}
