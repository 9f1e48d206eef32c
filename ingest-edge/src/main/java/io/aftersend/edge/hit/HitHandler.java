package io.aftersend.edge.hit;

import io.aftersend.edge.append.DurableAnswer;
import io.aftersend.edge.http.Answer;
import io.aftersend.edge.http.Exchange;
import io.aftersend.edge.http.Method;
import io.aftersend.edge.http.RequestHead;
import io.aftersend.edge.journal.AppendOutcome;
import io.aftersend.edge.journal.LaneWriter;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.edge.metrics.EdgeMetrics.HitOutcome;
import io.aftersend.edge.metrics.HitCounts;
import io.aftersend.links.ClaimField;
import io.aftersend.links.Endpoint;
import io.aftersend.links.TokenStatus;
import io.aftersend.links.TokenVerifier;
import io.aftersend.links.TrackingMode;
import io.aftersend.schemas.event.EventType;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/// Answers the requests for tracked URLs. Each is answered from its token alone and never waits,
/// but for a POST that unsubscribes: that one is confirmed when it is durable. One per event loop.
public final class HitHandler {
  /// What the body says does not matter, but nobody needs a long one.
  private static final long MAX_UNSUBSCRIBE_BODY_BYTES = 64 * 1024;

  private final TokenVerifier verifier;
  private final LaneWriter lane;
  private final HitEncoder encoder;
  private final EdgeMetrics metrics;
  private final HitCounts counts;
  private final Duration durableTimeout;
  private final ConversionQuery conversions;
  private final UnsubscribeId unsubscribeId = new UnsubscribeId();
  private final Map<Endpoint, HitKind> kinds = new EnumMap<>(Endpoint.class);

  /// @param parts what all loops share
  /// @param lane the loop's own
  public HitHandler(HitParts parts, LaneWriter lane) {
    this.verifier = new TokenVerifier(parts.keyRings());
    this.lane = lane;
    this.encoder = new HitEncoder(lane, new RequestTraces(parts.networks()));
    this.metrics = parts.metrics();
    this.counts = metrics.hitCounts();
    this.durableTimeout = parts.durableTimeout();
    this.conversions = new ConversionQuery(metrics);
    for (Endpoint endpoint : Endpoint.values()) {
      kinds.put(endpoint, HitKind.of(endpoint));
    }
  }

  /// Answers a request for `/{letter}/…`.
  public void onHit(Endpoint endpoint, RequestHead head, Exchange exchange) {
    HitKind kind = Objects.requireNonNull(kinds.get(endpoint), "every endpoint has a kind");
    boolean isRead = head.method() == Method.GET || head.method() == Method.HEAD;
    boolean isUnsubscribe = endpoint == Endpoint.UNSUBSCRIBE;
    if (!isRead && !(isUnsubscribe && head.method() == Method.POST)) {
      exchange.answer(isUnsubscribe ? HitAnswers.READ_OR_POST : HitAnswers.ONLY_READ);
      return;
    }
    int offset = head.pathOffset() + 3;
    int length = tokenLength(kind, head, offset);
    TokenStatus status = verifier.verify(head.bytes(), offset, length, endpoint);
    if (status != TokenStatus.VALID) {
      counts.tokenRejected(endpoint, status);
      counts.hit(endpoint, HitOutcome.REJECTED);
      exchange.answer(kind.isPixel() ? HitAnswers.PIXEL : HitAnswers.NO_SUCH_LINK);
    } else if (isRead) {
      onRead(kind, head, exchange);
    } else if (exchange.contentLength() > MAX_UNSUBSCRIBE_BODY_BYTES) {
      exchange.answer(HitAnswers.TOO_LARGE);
    } else {
      unsubscribe(unsubscribeId.of(head.bytes(), offset, length), head, exchange);
    }
  }

  private static int tokenLength(HitKind kind, RequestHead head, int offset) {
    int end = head.pathOffset() + head.pathLength();
    byte[] extension = kind.extension();
    int start = end - extension.length;
    boolean hasExtension =
        extension.length > 0
            && start >= offset
            && Arrays.equals(head.bytes(), start, end, extension, 0, extension.length);
    return (hasExtension ? start : end) - offset;
  }

  private void onRead(HitKind kind, RequestHead head, Exchange exchange) {
    HitOutcome outcome = record(kind, head, exchange);
    counts.hit(kind.endpoint(), outcome);
    if (outcome == HitOutcome.RECORDED && lane.isDurableBeforeAnswer()) {
      answerOnceDurable(kind, exchange);
    } else if (kind.endpoint().isRedirect()) {
      exchange.redirect(
          HitAnswers.REDIRECT,
          verifier.buffer(),
          verifier.offset(ClaimField.TARGET_URL),
          verifier.length(ClaimField.TARGET_URL));
    } else {
      exchange.answer(kind.isPixel() ? HitAnswers.PIXEL : UnsubscribePages.QUESTION);
    }
  }

  /// For whoever would rather let recipients wait for the disk than lose a hit to a power cut.
  private void answerOnceDurable(HitKind kind, Exchange exchange) {
    Answer answer =
        kind.endpoint().isRedirect()
            ? HitAnswers.redirectTo(verifier.copyOfTargetUrl())
            : kind.isPixel() ? HitAnswers.PIXEL : UnsubscribePages.QUESTION;
    lane.awaitDurable(
        DurableAnswer.expect(exchange, durableTimeout, answer, answer, isDurable -> {}));
  }

  private HitOutcome record(HitKind kind, RequestHead head, Exchange exchange) {
    if (verifier.trackingMode() == TrackingMode.NONE) {
      return HitOutcome.NOT_TRACKED;
    }
    Conversion conversion =
        kind.type() == EventType.CONVERTED
            ? conversions.read(head.bytes(), head.queryOffset(), head.queryLength())
            : Conversion.NONE;
    encoder.encode(
        kind, verifier, head, exchange.clientAddress(), exchange.receivedMs(), conversion);
    return append() ? HitOutcome.RECORDED : HitOutcome.LOST;
  }

  private boolean append() {
    AppendOutcome outcome =
        lane.append(
            encoder.array(), 0, encoder.keyLength(), encoder.valueLength(), encoder.timestampMs());
    if (outcome != AppendOutcome.KEPT) {
      counts.lost(outcome);
    }
    return outcome == AppendOutcome.KEPT;
  }

  private void unsubscribe(byte[] eventId, RequestHead head, Exchange exchange) {
    encoder.encodeUnsubscribed(
        eventId, verifier, head, exchange.clientAddress(), exchange.receivedMs());
    DurableAnswer answer =
        DurableAnswer.expect(
            exchange,
            durableTimeout,
            UnsubscribePages.DONE,
            UnsubscribePages.NOT_DONE,
            isDurable ->
                metrics.hit(
                    Endpoint.UNSUBSCRIBE,
                    isDurable ? HitOutcome.RECORDED : HitOutcome.NOT_DURABLE));
    if (append()) {
      lane.awaitDurable(answer);
    } else {
      answer.settle(false);
    }
  }
}
