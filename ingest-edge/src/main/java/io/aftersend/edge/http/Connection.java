package io.aftersend.edge.http;

import io.aftersend.edge.http.AnswerWriter.Persistence;
import io.aftersend.edge.http.Patience.Awaited;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// One client's connection: reads request after request and answers in their order. The next
/// request is not looked at before the last one is answered; little is read meanwhile, and nothing
/// while the client leaves answers unread. So a connection holds at most one request and a bounded
/// rest of unread bytes. Confined to its event loop.
final class Connection extends ChannelInboundHandlerAdapter {
  /// Sent to every connection when the server drains.
  static final Object DRAIN = new Object();

  private enum Stage {
    HEAD,
    BODY,
    /// The handler has yet to answer.
    WAITING,
    /// The last answer is written; what still comes is read over, so that the client can read it
    /// before the connection is reset.
    LINGERING,
    CLOSED
  }

  /// What is read over of a body that nobody wants, so that the connection can live on.
  private static final int MAX_IGNORED_BYTES = 64 * 1024;

  /// What is read ahead of requests behind one that waits for its answer.
  private static final int MAX_AHEAD_BYTES = 64 * 1024;

  private static final byte[] NOTHING = {};
  private static final Answer INTERNAL_ERROR = Answer.text(500, "internal error\n");

  private final LoopParts parts;
  private final HeadScanner scanner;
  private final Channel channel;
  private final ClientAddress client;
  private final Patience patience;
  private final Farewell farewell;
  private final UnreadBytes unread = new UnreadBytes();

  private Stage stage = Stage.HEAD;

  /// The request that has no answer yet.
  private @Nullable Exchange exchange;

  /// The body of the last request, null when there is none or it was read.
  private @Nullable BodyReader body;

  private BodySink sink = IgnoredBody.INSTANCE;
  private boolean mayBeginWithEmptyLine = true;
  private boolean isAdvancing;
  private boolean hasAdvanced;
  private boolean isInputEnded;
  private boolean isDraining;

  /// @param channel registered with the event loop of `parts`
  Connection(LoopParts parts, Channel channel) {
    this(parts, channel, ClientAddress.ofPeer(ClientAddress.bytes(channel.remoteAddress())));
  }

  /// @param channel registered with the event loop of `parts`
  /// @param client whose requests come
  Connection(LoopParts parts, Channel channel, ClientAddress client) {
    this.client = client;
    this.parts = parts;
    this.scanner = new HeadScanner(parts.limits());
    this.channel = channel;
    this.farewell = new Farewell(channel);
    this.patience = new Patience(parts.limits(), parts.events(), channel.eventLoop(), this::close);
  }

  EventExecutor loop() {
    return channel.eventLoop();
  }

  ByteBufAllocator allocator() {
    return channel.alloc();
  }

  ClientAddress client() {
    return client;
  }

  /// Takes ownership of the bytes.
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    ByteBuf in = (ByteBuf) message;
    if (stage == Stage.LINGERING || stage == Stage.CLOSED) {
      if (!farewell.readOver(in)) {
        close();
      }
      return;
    }
    unread.add(ctx.alloc(), in);
    advance();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable() && stage != Stage.CLOSED) {
      advance();
      ctx.flush();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (DRAIN.equals(event)) {
      isDraining = true;
      if (stage == Stage.HEAD && unread.isEmpty()) {
        close();
      }
    } else if (event instanceof ChannelInputShutdownEvent) {
      isInputEnded = true;
      advance();
      ctx.flush();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    close();
  }

  /// An [IOException] is a reset by the client, or in a decoder's exception broken TLS: nothing
  /// that anybody could mend.
  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (!(cause instanceof IOException || cause.getCause() instanceof IOException)) {
      parts.events().failed(cause);
    }
    close();
  }

  private void advance() {
    if (isAdvancing) {
      return;
    }
    isAdvancing = true;
    try {
      while (step()) {
        hasAdvanced = true;
      }
    } catch (RefusedRequestException e) {
      refuse(e);
    } finally {
      isAdvancing = false;
    }
    if (stage == Stage.LINGERING || stage == Stage.CLOSED) {
      unread.release();
    } else {
      unread.discardRead();
    }
    if (isInputEnded) {
      endWhenNothingIsLeft();
    } else if (stage != Stage.CLOSED) {
      readOnlyWhenWanted();
    }
    if (stage != Stage.CLOSED) {
      expectProgress();
    }
  }

  /// Nothing more will come; what has come is answered still.
  private void endWhenNothingIsLeft() {
    boolean isStuck =
        switch (stage) {
          case HEAD -> channel.isWritable();
          case BODY, LINGERING -> true;
          case WAITING, CLOSED -> false;
        };
    if (isStuck) {
      var _ = abortBody();
      finish(channel.write(Unpooled.EMPTY_BUFFER), true);
    }
  }

  /// @return whether something changed, so that there may be more to do
  private boolean step() throws RefusedRequestException {
    return switch (stage) {
      case HEAD -> channel.isWritable() && readHead(unread.bytes());
      case BODY -> readBody(unread.bytes());
      case WAITING, LINGERING, CLOSED -> false;
    };
  }

  private boolean readHead(ByteBuf in) throws RefusedRequestException {
    if (mayBeginWithEmptyLine && in.isReadable() && in.getByte(in.readerIndex()) == '\r') {
      if (in.readableBytes() == 1) {
        return false;
      }
      if (in.getByte(in.readerIndex() + 1) == '\n') {
        in.skipBytes(2);
        mayBeginWithEmptyLine = false;
      }
    }
    int length = in.isReadable() ? scanner.findEnd(in) : -1;
    if (length < 0) {
      return false;
    }
    scanner.reset();
    mayBeginWithEmptyLine = true;
    RequestHead head = parts.parser().parse(in, length);
    Framing framing = Framing.of(head);
    body = framing.hasBody() ? new BodyReader(framing) : null;
    Exchange next = new Exchange(this, framing, head.method() == Method.HEAD, head.isHttp11);
    exchange = next;
    stage = Stage.WAITING;
    handOver(head, next);
    return true;
  }

  private void handOver(RequestHead head, Exchange next) {
    try {
      client.onRequest(head);
      parts.handler().onRequest(head, next);
    } catch (RuntimeException defect) {
      parts.events().failed(defect);
      if (!next.isAnswered()) {
        next.answer(INTERNAL_ERROR);
      }
    }
  }

  void readBody(Exchange of, long limitBytes, BodySink into) {
    BodyReader reader = body;
    if (reader == null) {
      into.end();
    } else if (reader.declaredBytes() > limitBytes) {
      into.abort();
      RefusedRequestException refusal = BodyReader.tooLarge(limitBytes);
      parts.events().refused(refusal.status());
      of.answer(into.refusal(refusal.status(), refusal.detail()));
    } else {
      reader.limit(limitBytes);
      sink = into;
      stage = Stage.BODY;
      if (of.framing().expectsContinue() && unread.isEmpty()) {
        var _ = channel.writeAndFlush(Unpooled.wrappedBuffer(AnswerWriter.CONTINUE));
      }
    }
  }

  private boolean readBody(ByteBuf in) throws RefusedRequestException {
    BodyReader reader = Objects.requireNonNull(body, "a body to read");
    if (!reader.read(in, sink)) {
      return stage != Stage.BODY;
    }
    if (!reader.isDone()) {
      return false;
    }
    body = null;
    stage = exchange == null ? Stage.HEAD : Stage.WAITING;
    BodySink whole = sink;
    sink = IgnoredBody.INSTANCE;
    whole.end();
    return true;
  }

  void answer(Exchange of, Answer answer, byte[] location, int offset, int length) {
    if (exchange != of) {
      return;
    }
    exchange = null;
    boolean isLast = isLast(of, answer);
    ByteBuf bytes =
        parts
            .writer()
            .write(
                channel.alloc(),
                answer,
                location,
                offset,
                length,
                of.isHead(),
                Persistence.of(isLast, of.isHttp11()));
    ChannelFuture written = channel.write(bytes);
    sink = IgnoredBody.INSTANCE;
    if (isLast) {
      finish(written, body == null && unread.isEmpty());
    } else if (body != null) {
      body.limit(MAX_IGNORED_BYTES);
      stage = Stage.BODY;
    } else {
      stage = Stage.HEAD;
    }
    if (!isAdvancing) {
      advance();
      channel.flush();
    }
  }

  private boolean isLast(Exchange of, Answer answer) {
    if (!of.framing().keepsAlive() || isDraining) {
      return true;
    }
    // A client that waits for "100 Continue" may leave the body out now: the end would be unclear.
    return body != null
        && (answer.status() >= 400
            || of.framing().expectsContinue()
            || body.declaredBytes() > MAX_IGNORED_BYTES);
  }

  private BodySink abortBody() {
    BodySink unfinished = sink;
    sink = IgnoredBody.INSTANCE;
    unfinished.abort();
    return unfinished;
  }

  private void refuse(RefusedRequestException refusal) {
    BodySink unfinished = abortBody();
    if (stage == Stage.BODY && exchange == null) {
      // The request had its answer already; only the rest of its body went wrong. That answer and
      // those before it may not have left yet.
      finish(channel.write(Unpooled.EMPTY_BUFFER), false);
      return;
    }
    exchange = null;
    Answer answer = unfinished.refusal(refusal.status(), refusal.detail());
    parts.events().refused(refusal.status());
    ByteBuf bytes =
        parts.writer().write(channel.alloc(), answer, NOTHING, 0, 0, false, Persistence.CLOSE);
    finish(channel.write(bytes), false);
  }

  private void finish(ChannelFuture written, boolean isClean) {
    stage = Stage.LINGERING;
    body = null;
    farewell.after(written, isClean);
  }

  private void readOnlyWhenWanted() {
    boolean isWanted =
        switch (stage) {
          case HEAD -> channel.isWritable();
          case BODY, LINGERING -> true;
          case WAITING -> unread.length() < MAX_AHEAD_BYTES;
          case CLOSED -> false;
        };
    if (channel.config().isAutoRead() != isWanted) {
      channel.config().setAutoRead(isWanted);
    }
  }

  private void expectProgress() {
    Awaited next =
        switch (stage) {
          case HEAD -> {
            if (!channel.isWritable()) {
              yield Awaited.ANSWERS_TAKEN;
            }
            yield unread.isEmpty() ? Awaited.REQUEST : Awaited.REST_OF_HEAD;
          }
          case BODY -> Awaited.REST_OF_BODY;
          case LINGERING -> farewell.isClean() ? Awaited.ANSWERS_TAKEN : Awaited.LAST_ANSWER_TAKEN;
          case WAITING, CLOSED -> Awaited.NOTHING;
        };
    patience.await(next, hasAdvanced);
    hasAdvanced = false;
  }

  private void close() {
    if (stage == Stage.CLOSED) {
      return;
    }
    stage = Stage.CLOSED;
    patience.cancel();
    exchange = null;
    body = null;
    var _ = abortBody();
    if (!isAdvancing) {
      unread.release();
    }
    var _ = channel.close();
  }
}
