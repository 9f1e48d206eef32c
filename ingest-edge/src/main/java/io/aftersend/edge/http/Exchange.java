package io.aftersend.edge.http;

import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/// One request and the right to answer it once. All methods belong to the connection's event loop
/// but where they say otherwise. Answering a connection that is gone does nothing.
public final class Exchange {
  private static final byte[] NO_LOCATION = {};

  private final Connection connection;
  private final Framing framing;
  private final boolean isHead;
  private final boolean isHttp11;
  private boolean isAnswered;

  Exchange(Connection connection, Framing framing, boolean isHead, boolean isHttp11) {
    this.connection = connection;
    this.framing = framing;
    this.isHead = isHead;
    this.isHttp11 = isHttp11;
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
    connection.answer(this, answer, location, offset, length);
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
    connection.readBody(this, limitBytes, sink);
  }

  /// The body's length as far as it is known: 0 for none and for a chunked one.
  public long contentLength() {
    return framing.isChunked() ? 0 : framing.contentLength();
  }

  public boolean isAnswered() {
    return isAnswered;
  }

  /// The event loop that the exchange belongs to. For any thread.
  public EventExecutor loop() {
    return connection.loop();
  }

  public ByteBufAllocator allocator() {
    return connection.allocator();
  }

  /// The client's address as 4 or 16 bytes, an IPv4-mapped one as 4: the peer's, or what a trusted
  /// proxy says. Null where it is not known. Only during [RequestHandler#onRequest], and borrowed
  /// for it.
  public byte @Nullable [] clientAddress() {
    return connection.client().get();
  }

  Framing framing() {
    return framing;
  }

  boolean isHead() {
    return isHead;
  }

  boolean isHttp11() {
    return isHttp11;
  }
}
