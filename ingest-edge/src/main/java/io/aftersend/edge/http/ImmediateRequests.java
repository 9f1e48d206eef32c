package io.aftersend.edge.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Ticker;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The way of requests from bytes to the bytes of their answers, as a [Connection] goes it, without
/// a socket: for measurements of what a handler that answers at once costs. Confined to one thread.
public final class ImmediateRequests {
  private final LoopParts parts;
  private final HeadReader heads;
  private final Client client;
  private final Ticker ticker = Ticker.systemTicker();

  /// @param clientAddress of all requests, 4 or 16 bytes; borrowed for good
  public ImmediateRequests(
      HttpLimits limits,
      RequestHandler handler,
      HttpEvents events,
      InstantSource clock,
      byte[] clientAddress) {
    parts = LoopParts.of(limits, handler, events, clock);
    heads = new HeadReader(limits, parts.parser());
    client = new Client(parts, ticker, clientAddress);
  }

  /// Answers the whole requests in a piece of input. They have no body.
  ///
  /// @param in borrowed; what is read of it is left out next time
  /// @param out borrowed; appended to
  /// @return how many were answered
  /// @throws IllegalArgumentException when one is refused
  public int answer(ByteBuf in, ByteBuf out) {
    int count = 0;
    client.out = out;
    parts.clock().begin(ticker.nanoTime());
    try {
      for (RequestHead head = heads.read(in); head != null; head = heads.read(in)) {
        LoopClock clock = parts.clock();
        Framing framing = Framing.of(head);
        Exchange exchange =
            parts.exchanges().open(client, framing, head, clock.nowMs(), clock.startNs());
        parts.handler().onRequest(head, exchange);
        parts.exchanges().handled(exchange);
        count++;
      }
    } catch (RefusedRequestException e) {
      throw new IllegalArgumentException(e.status() + ": " + e.detail(), e);
    }
    parts.clock().end(ticker.nanoTime());
    return count;
  }

  private static final class Client implements RequestSource {
    private final LoopParts parts;
    private final Ticker ticker;
    private final byte[] address;
    private @Nullable ByteBuf out;

    Client(LoopParts parts, Ticker ticker, byte[] address) {
      this.parts = parts;
      this.ticker = ticker;
      this.address = address;
    }

    @Override
    public void answer(Exchange of, Answer answer, byte[] location, int offset, int length) {
      parts.clock().answered(of, ticker);
      boolean isLast = !of.framing().keepsAlive();
      AnswerWriter.Persistence persistence = AnswerWriter.Persistence.of(isLast, of.isHttp11());
      ByteBuf to = Objects.requireNonNull(out, "a buffer of the present piece of input");
      parts.writer().write(to, answer, location, offset, length, of.isHead(), persistence);
    }

    @Override
    public void readBody(Exchange of, long limitBytes, BodySink into) {
      throw new UnsupportedOperationException("expected a request without a body");
    }

    @Override
    public EventExecutor loop() {
      throw new UnsupportedOperationException("expected a request that is answered at once");
    }

    @Override
    public ByteBufAllocator allocator() {
      throw new UnsupportedOperationException("expected a request without a body");
    }

    @Override
    public byte[] clientAddress() {
      return address;
    }
  }
}
