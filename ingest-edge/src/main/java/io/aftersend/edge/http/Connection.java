package io.aftersend.edge.http;

import io.aftersend.edge.http.AnswerWriter.Persistence;
import io.aftersend.edge.http.Patience.Awaited;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
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
final class Connection extends ChannelInboundHandlerAdapter implements RequestSource {
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
  private final HeadReader heads;
  private final Channel channel;
  private final ClientAddress client;
  private final Patience patience;
  private final Farewell farewell;
  private final UnreadBytes unread = new UnreadBytes();
  private final PendingAnswers answers;

  private Stage stage = Stage.HEAD;

  /// The request that has no answer yet.
  private @Nullable Exchange exchange;

  /// The body of the last request, null when there is none or it was read.
  private @Nullable BodyReader body;

  private BodySink sink = IgnoredBody.INSTANCE;
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
    this.heads = new HeadReader(parts.limits(), parts.parser());
    this.channel = channel;
    this.answers = new PendingAnswers(channel);
    this.farewell = new Farewell(channel);
    this.patience = new Patience(parts.limits(), parts.events(), channel.eventLoop(), this::close);
  }

  @Override
  public EventExecutor loop() {
    return channel.eventLoop();
  }

  @Override
  public ByteBufAllocator allocator() {
    return channel.alloc();
  }

  @Override
  public byte @Nullable [] clientAddress() {
    return client.get();
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
    answers.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (ctx.channel().isWritable() && stage != Stage.CLOSED) {
      advance();
      answers.flush();
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
      answers.flush();
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
    parts.clock().begin(loop().ticker().nanoTime());
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
    long nowNs = loop().ticker().nanoTime();
    parts.clock().end(nowNs);
    if (stage != Stage.CLOSED) {
      expectProgress(nowNs);
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
      finish(true);
    }
  }

  /// @return whether something changed, so that there may be more to do
  private boolean step() throws RefusedRequestException {
    return switch (stage) {
      case HEAD -> isReaderKeepingUp() && readHead(unread.bytes());
      case BODY -> readBody(unread.bytes());
      case WAITING, LINGERING, CLOSED -> false;
    };
  }

  /// Whether the client takes its answers. What it has not taken, answers that were not even sent
  /// included, is bounded by the channel's water marks.
  private boolean isReaderKeepingUp() {
    answers.writeSurplus();
    return channel.isWritable();
  }

  private boolean readHead(ByteBuf in) throws RefusedRequestException {
    RequestHead head = heads.read(in);
    if (head == null) {
      return false;
    }
    Framing framing = Framing.of(head);
    body = framing.hasBody() ? new BodyReader(framing) : null;
    LoopClock clock = parts.clock();
    Exchange next = parts.exchanges().open(this, framing, head, clock.nowMs(), clock.startNs());
    exchange = next;
    stage = Stage.WAITING;
    handOver(head, next);
    parts.exchanges().handled(next);
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

  @Override
  public void readBody(Exchange of, long limitBytes, BodySink into) {
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
        answers.buffer().writeBytes(AnswerWriter.CONTINUE);
        answers.flush();
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

  @Override
  public void answer(Exchange of, Answer answer, byte[] location, int offset, int length) {
    if (exchange != of) {
      return;
    }
    exchange = null;
    parts.clock().answered(of, loop().ticker());
    boolean isLast = isLast(of, answer);
    Persistence persistence = Persistence.of(isLast, of.isHttp11());
    parts
        .writer()
        .write(answers.buffer(), answer, location, offset, length, of.isHead(), persistence);
    sink = IgnoredBody.INSTANCE;
    if (isLast) {
      finish(body == null && unread.isEmpty());
    } else if (body != null) {
      body.limit(MAX_IGNORED_BYTES);
      stage = Stage.BODY;
    } else {
      stage = Stage.HEAD;
    }
    if (!isAdvancing) {
      advance();
      answers.flush();
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
      finish(false);
      return;
    }
    exchange = null;
    Answer answer = unfinished.refusal(refusal.status(), refusal.detail());
    parts.events().refused(refusal.status());
    parts.writer().write(answers.buffer(), answer, NOTHING, 0, 0, false, Persistence.CLOSE);
    finish(false);
  }

  private void finish(boolean isClean) {
    stage = Stage.LINGERING;
    body = null;
    farewell.after(answers.writeLast(), isClean);
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

  private void expectProgress(long nowNs) {
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
    patience.await(next, hasAdvanced, nowNs);
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
    answers.release();
    if (!isAdvancing) {
      unread.release();
    }
    var _ = channel.close();
  }
}
