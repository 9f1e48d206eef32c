package io.aftersend.edge.append;

import io.aftersend.schemas.event.EmailEvent;
import java.util.List;

/// The one way for events out of the request handlers. Safe for any thread; never blocks.
///
/// Events are handed over for good: nobody changes them afterwards.
public interface EventAppender {
  /// Takes an event whose sender gets no word of it.
  ///
  /// @return false when there is no room: the event is not taken, and the caller counts it as lost
  boolean append(EmailEvent event);

  /// Takes all of the events or none.
  ///
  /// @param events at least one
  /// @param receipt told once what became of them, on any thread; not used after false
  /// @return false when there is no room, or durable storage is not possible at present
  boolean append(List<EmailEvent> events, Receipt receipt);

  /// Whoever waits until events are durable.
  interface Receipt {
    /// Called once. Must not block.
    ///
    /// @param isDurable whether all the events will survive this process
    void settle(boolean isDurable);

    /// Whether anybody still waits. Events that nobody waits for any more, and that are still here,
    /// may be dropped: their sender was told that they were not taken.
    boolean isAwaited();
  }
}
