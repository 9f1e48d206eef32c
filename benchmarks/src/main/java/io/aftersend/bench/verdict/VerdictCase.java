package io.aftersend.bench.verdict;

import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EmailEvent;
import java.util.List;

/// A message of which it is known who made each hit.
///
/// @param isHeldOut whether its source had no part in the writing of the rules
/// @param name says what it is, for people
/// @param source where it is documented
/// @param hits of the message, by time
record VerdictCase(boolean isHeldOut, String name, String source, List<KnownHit> hits) {
  VerdictCase {
    hits = List.copyOf(hits);
  }

  /// A hit with its maker.
  record KnownHit(EmailEvent event, Verdict expected) {}
}
