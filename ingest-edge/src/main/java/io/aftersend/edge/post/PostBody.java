package io.aftersend.edge.post;

import io.aftersend.edge.append.DurableAnswer;
import io.aftersend.edge.append.LaneAppender;
import io.aftersend.edge.http.Answer;
import io.aftersend.edge.http.BodySink;
import io.aftersend.edge.http.Exchange;
import io.aftersend.edge.metrics.EdgeMetrics.PostOutcome;
import io.aftersend.edge.post.BatchReader.Format;
import io.netty.buffer.ByteBuf;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/// One body of posted events on its way: gathered on the event loop, read by a worker, answered
/// when its events are durable.
final class PostBody implements BodySink {
  private static final int FIRST_PIECE_BYTES = 16 * 1024;

  private static final Answer BUSY =
      Problems.unavailable("the edge has more bodies under way than it can take: try again");
  private static final Answer NOT_DURABLE =
      Problems.unavailable(
          "the events could not be stored durably: send them again, with the same event_id if"
              + " they have one");
  private static final Answer FAILED = Problems.of(500, "the edge failed on this body");

  private final PostParts parts;
  private final BatchReader reader;
  private final Format format;
  private final String tenant;
  private final Exchange exchange;

  /// Owned until a worker has read it.
  private final ByteBuf bytes;

  private final AtomicBoolean isGivenBack = new AtomicBoolean();
  private int taken;

  PostBody(PostParts parts, BatchReader reader, Format format, String tenant, Exchange exchange) {
    this.parts = parts;
    this.reader = reader;
    this.format = format;
    this.tenant = tenant;
    this.exchange = exchange;
    int expected = (int) Math.min(exchange.contentLength(), FIRST_PIECE_BYTES);
    this.bytes = exchange.allocator().heapBuffer(Math.max(expected, 256));
  }

  @Override
  public boolean take(ByteBuf piece) {
    int length = piece.readableBytes();
    if (!parts.budget().tryTake(length)) {
      abort();
      refuse(PostOutcome.BUSY, BUSY);
      return false;
    }
    taken += length;
    bytes.writeBytes(piece);
    return true;
  }

  @Override
  public void end() {
    if (!parts.workers().tryExecute(this::read)) {
      abort();
      refuse(PostOutcome.BUSY, BUSY);
    }
  }

  @Override
  public void abort() {
    bytes.release();
    giveBack();
  }

  @Override
  public Answer refusal(int status, String detail) {
    parts.metrics().post(PostOutcome.REFUSED);
    return Problems.of(status, detail);
  }

  private void read(LaneAppender lane) {
    try {
      switch (readAndRelease()) {
        case Batch.Refused refused -> {
          giveBack();
          refuse(PostOutcome.REFUSED, Problems.of(refused.status(), refused.detail()));
        }
        case Batch.Read read -> append(read, lane);
      }
    } catch (Throwable defect) {
      // Also after an Error the client waits, and the body's bytes are no longer held.
      giveBack();
      exchange.answerSoon(FAILED);
      parts.metrics().failed(defect);
      if (defect instanceof Error error) {
        throw error;
      }
    }
  }

  private Batch readAndRelease() {
    try {
      Instant ingestTime = Instant.ofEpochMilli(parts.clock().millis());
      EventReader events = new EventReader(tenant, ingestTime, parts.networks().get());
      return reader.read(
          bytes.array(),
          bytes.arrayOffset() + bytes.readerIndex(),
          bytes.readableBytes(),
          format,
          events);
    } finally {
      bytes.release();
    }
  }

  private void append(Batch.Read read, LaneAppender lane) {
    for (Batch.Rejected rejected : read.rejected()) {
      parts.metrics().eventRejected(rejected.rejection().label());
    }
    Answer accepted = Problems.accepted(read.events().size(), read.rejected());
    if (read.events().isEmpty()) {
      settled(true, 0);
      exchange.answerSoon(accepted);
      return;
    }
    DurableAnswer answer =
        DurableAnswer.expect(
            exchange,
            parts.limits().durableTimeout(),
            accepted,
            NOT_DURABLE,
            isDurable -> settled(isDurable, read.events().size()));
    if (!lane.append(read.events(), answer)) {
      answer.settle(false);
    }
  }

  private void settled(boolean isDurable, int events) {
    giveBack();
    parts.metrics().post(isDurable ? PostOutcome.ACCEPTED : PostOutcome.NOT_DURABLE);
    if (isDurable) {
      parts.metrics().eventsAccepted(events);
    }
  }

  /// Once only: a defect may come up on either side of the settlement.
  private void giveBack() {
    if (isGivenBack.compareAndSet(false, true)) {
      parts.budget().giveBack(taken);
    }
  }

  private void refuse(PostOutcome outcome, Answer answer) {
    parts.metrics().post(outcome);
    exchange.answerSoon(answer);
  }
}
