package io.aftersend.edge.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.Objects;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One request and the right to answer it once. All methods belong to the connection's event loop
/// but where they say otherwise. Answering a connection that is gone does nothing. Whoever has
/// answered during [RequestHandler#onRequest] may not use the exchange any more.
public final class Exchange {
  private static final byte[] NO_LOCATION = {};
  private static final String NOT_OPEN = "an exchange of a request";

  private @Nullable RequestSource source;
  private @Nullable Framing framing;
  private boolean isHead;
  private boolean isHttp11;
  private long receivedMs;
  private long receivedNs;
  private boolean isAnswered;
  private boolean mayBeKept;

  Exchange() {}

  void open(RequestSource of, Framing withFraming, RequestHead head, long atMs, long atNs) {
    source = of;
    framing = withFraming;
    isHead = head.method() == Method.HEAD;
    isHttp11 = head.isHttp11;
    receivedMs = atMs;
    receivedNs = atNs;
    isAnswered = false;
    mayBeKept = false;
  }

  /// Whether it is answered and nobody has asked for what only a later answer needs.
  boolean isOver() {
    return isAnswered && !mayBeKept;
  }

  /// Answers; to a HEAD request without the body. What the client still sends of a body is read
  /// over, or ends the connection when it is long.
  ///
  /// @throws IllegalStateException when the request is answered already
  public void answer(Answer answer) {
    redirect(answer, NO_LOCATION, 0, 0);
  }

  /// Answers with a `Location`, whose bytes are copied during the call.
  ///
  /// @throws IllegalStateException when the request is answered already
  public void redirect(Answer answer, byte[] location, int offset, int length) {
    if (isAnswered) {
      throw new IllegalStateException("expected one answer to a request, got two");
    }
    isAnswered = true;
    source().answer(this, answer, location, offset, length);
  }

  /// Answers on the event loop, soon. For any thread; a request that is answered then, or whose
  /// server has stopped, gets no other answer.
  public void answerSoon(Answer answer) {
    if (loop().inEventLoop()) {
      answerUnlessAnswered(answer);
      return;
    }
    try {
      loop().execute(() -> answerUnlessAnswered(answer));
    } catch (RejectedExecutionException e) {
      // The server has stopped, and its connections with it: nobody is left to be answered.
    }
  }

  private void answerUnlessAnswered(Answer answer) {
    if (!isAnswered) {
      answer(answer);
    }
  }

  /// Reads the body instead of answering now; the sink then sees to the answer. Only during
  /// [RequestHandler#onRequest].
  ///
  /// @param limitBytes longer bodies are refused with 413
  public void readBody(long limitBytes, BodySink sink) {
    mayBeKept = true;
    source().readBody(this, limitBytes, sink);
  }

  /// The body's length as far as it is known: 0 for none and for a chunked one.
  public long contentLength() {
    return framing().isChunked() ? 0 : framing().contentLength();
  }

  public boolean isAnswered() {
    return isAnswered;
  }

  /// The event loop that the exchange belongs to. For any thread.
  public EventExecutor loop() {
    mayBeKept = true;
    return source().loop();
  }

  public ByteBufAllocator allocator() {
    return source().allocator();
  }

  /// The client's address as 4 or 16 bytes, an IPv4-mapped one as 4: the peer's, or what a trusted
  /// proxy says. Null where it is not known. Only during [RequestHandler#onRequest], and borrowed
  /// for it.
  public byte @Nullable [] clientAddress() {
    return source().clientAddress();
  }

  /// When the request was read, in epoch milliseconds.
  public long receivedMs() {
    return receivedMs;
  }

  /// When the request was read, as of the loop's ticker.
  long receivedNs() {
    return receivedNs;
  }

  Framing framing() {
    return Objects.requireNonNull(framing, NOT_OPEN);
  }

  boolean isHead() {
    return isHead;
  }

  boolean isHttp11() {
    return isHttp11;
  }

  private RequestSource source() {
    return Objects.requireNonNull(source, NOT_OPEN);
  }
}
