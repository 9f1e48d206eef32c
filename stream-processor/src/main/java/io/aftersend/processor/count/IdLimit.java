package io.aftersend.processor.count;

import io.aftersend.schemas.state.MessageFacts;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The bound on how many event ids of one message are remembered, so that a link that a machine
/// fetches without end does not grow the memory of ids. The count stands in the message's facts.
///
/// Ids are remembered in spans of time as an [io.aftersend.processor.state.AgingStore] cuts them:
/// the present one and the one before. For any thread.
public final class IdLimit {
  private final long limit;
  private final long horizonMs;

  /// @param limit most ids of a message
  /// @param horizon how long an id is remembered at least
  public IdLimit(int limit, Duration horizon) {
    this.limit = limit;
    this.horizonMs = horizon.toMillis();
  }

  /// Whether one more id may be remembered.
  ///
  /// @param facts of the message; null where there are none, or where the event is of no message
  boolean hasRoom(@Nullable MessageFacts facts, long nowMs) {
    if (facts == null) {
      return true;
    }
    long age = span(nowMs) - facts.getIdsSpan();
    return inSpan(facts, age) + inSpanBefore(facts, age) < limit;
  }

  /// Counts one more id in facts that nobody else has yet.
  void countOneMore(MessageFacts facts, long nowMs) {
    long span = span(nowMs);
    long age = span - facts.getIdsSpan();
    long before = inSpanBefore(facts, age);
    facts.setIds(inSpan(facts, age) + 1);
    facts.setIdsBefore(before);
    facts.setIdsSpan(span);
  }

  /// A copy of facts with one more id.
  ///
  /// @param facts null for none
  MessageFacts withOneMore(@Nullable MessageFacts facts, long nowMs) {
    MessageFacts after = facts == null ? Facts.none() : Facts.copy(facts);
    countOneMore(after, nowMs);
    return after;
  }

  private long span(long nowMs) {
    return Math.floorDiv(nowMs, horizonMs);
  }

  private static long inSpan(MessageFacts facts, long age) {
    return age == 0 ? facts.getIds() : 0;
  }

  private static long inSpanBefore(MessageFacts facts, long age) {
    return age == 0 ? facts.getIdsBefore() : age == 1 ? facts.getIds() : 0;
  }
}
