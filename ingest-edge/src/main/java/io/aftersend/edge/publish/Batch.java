package io.aftersend.edge.publish;

import io.aftersend.edge.append.EventAppender.Receipt;
import io.aftersend.schemas.event.EmailEvent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Events that were taken together, and whoever waits for them. Safe for any thread.
final class Batch {
  private final List<EmailEvent> events;
  private final @Nullable Receipt receipt;
  private final AtomicInteger unacknowledged;

  Batch(List<EmailEvent> events, @Nullable Receipt receipt) {
    this.events = events;
    this.receipt = receipt;
    this.unacknowledged = new AtomicInteger(events.size());
  }

  int size() {
    return events.size();
  }

  EmailEvent event(int index) {
    return events.get(index);
  }

  /// Whether somebody is told; if not, events that fail are lost.
  boolean hasReceipt() {
    return receipt != null;
  }

  boolean isWanted() {
    return receipt == null || receipt.isAwaited();
  }

  /// One of the events is in Kafka.
  void acknowledged() {
    if (unacknowledged.decrementAndGet() == 0 && receipt != null) {
      receipt.settle(true);
    }
  }

  /// One of the events will not get there. After this the batch is never acknowledged as a whole:
  /// the count stays above zero.
  void failed() {
    if (receipt != null) {
      receipt.settle(false);
    }
  }
}
