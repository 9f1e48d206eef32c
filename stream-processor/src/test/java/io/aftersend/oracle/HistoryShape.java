package io.aftersend.oracle;

import java.time.Duration;
import java.time.Instant;

/// What a random history is like.
///
/// @param messages how many there are, proofs and seed mails included
/// @param start of the first sends
/// @param sending how long sends go on. All that follows takes two weeks more; a history must be
///   shorter than the repeat horizon
/// @param areOrdersShared whether conversions of different messages and campaigns may name one
///   order. Then the order of arrival decides which of them counts
/// @param haveTokens whether hits tell when their token was signed, which no posted event does:
///   with some messages, about as long ago as facts are kept
public record HistoryShape(
    int messages, Instant start, Duration sending, boolean areOrdersShared, boolean haveTokens) {
  /// From a message's send to the last that happens to it.
  static final Duration LIFE = Duration.ofDays(6);

  /// From an event to its arrival.
  static final Duration LATEST = Duration.ofDays(4);

  /// From an event's arrival to its repeat's.
  static final Duration LATEST_REPEAT = Duration.ofDays(3);
}
