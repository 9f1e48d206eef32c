package io.aftersend.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// What a random history is like.
///
/// @param messages how many there are, proofs and seed mails included
/// @param start of the first sends
/// @param sending how long sends go on. All that follows takes two weeks more; a history must be
///   shorter than the repeat horizon
/// @param traits what else happens in it
public record HistoryShape(int messages, Instant start, Duration sending, Set<Trait> traits) {
  /// From a message's send to the last that happens to it.
  static final Duration LIFE = Duration.ofDays(6);

  /// From an event to its arrival.
  static final Duration LATEST = Duration.ofDays(4);

  /// From an event's arrival to its repeat's.
  static final Duration LATEST_REPEAT = Duration.ofDays(3);

  /// What not every history has.
  public enum Trait {
    /// Conversions of different messages and campaigns may name one order. Then the order of
    /// arrival decides which of them counts.
    SHARED_ORDERS,

    /// Recipients also buy without naming campaign or message.
    BUYERS,

    /// Hits tell when their token was signed, which no posted event does: with some messages, about
    /// as long ago as facts are kept.
    TOKENS
  }

  boolean has(Trait trait) {
    return traits.contains(trait);
  }
}
