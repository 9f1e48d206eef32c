package io.aftersend.bench.bare;

import io.aftersend.links.TokenVerifier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;

/// A handler behind Netty's own HTTP codec that verifies the token and writes the pixel. Confined to
/// its event loop.
public final class CodecHandler extends ChannelInboundHandlerAdapter {
  private static final AsciiString GIF = AsciiString.cached("image/gif");

  private final PixelPath path;
  private final ByteBuf pixel = Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeBytes(Pixel.BYTES));
  private boolean isValid;

  public CodecHandler(TokenVerifier verifier) {
    this.path = new PixelPath(verifier);
  }

  /// Takes ownership of the message.
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof HttpRequest request) {
      isValid = path.isValidPath(request.uri().getBytes(StandardCharsets.ISO_8859_1));
    }
    if (message instanceof LastHttpContent) {
      if (!isValid) {
        throw new IllegalStateException("expected a request for a pixel");
      }
      var _ = ctx.write(answer(), ctx.voidPromise());
    }
    ReferenceCountUtil.release(message);
  }

  private FullHttpResponse answer() {
    FullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, pixel.duplicate());
    answer
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, GIF)
        .setInt(HttpHeaderNames.CONTENT_LENGTH, Pixel.BYTES.length)
        .set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
    return answer;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }
}
