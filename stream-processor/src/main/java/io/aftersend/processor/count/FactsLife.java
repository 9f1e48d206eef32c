package io.aftersend.processor.count;

import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.MessageFacts;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The time for which facts are kept, and so which messages may have had facts before those that
/// are known: what the first open was, and whether there was one, is then not known any more.
///
/// @param kept how long facts are kept at least after their last event
public record FactsLife(Duration kept) {

  /// Whether the event tells that its message is older than facts are kept when the known ones
  /// began. Only hits tell how old it is, by the time at which their token was signed.
  ///
  /// @param before the facts so far, or null for none
  boolean tellsLateness(@Nullable MessageFacts before, JudgedEvent event) {
    Instant issued = event.getIssuedAt();
    if (issued == null) {
      return false;
    }
    long begunMs =
        before == null || before.getTallies().isEmpty()
            ? event.getIngestTime().toEpochMilli()
            : before.getBegun();
    return begunMs != 0 && issued.toEpochMilli() < begunMs - kept.toMillis();
  }
}
