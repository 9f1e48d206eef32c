package io.aftersend.processor.rejudge;

import io.aftersend.schemas.event.EventKey;
import io.aftersend.schemas.event.JudgedEvent;
import java.util.ArrayList;
import java.util.List;

/// Puts events that come key by key together into messages, one at a time. For one thread.
final class StoredMessages {
  private final int maxEvents;
  private final Receiver<StoredMessage> taker;
  private String key = "";
  private List<JudgedEvent> events = new ArrayList<>();
  private boolean isWhole = true;

  /// @param maxEvents most events of a message that are held
  /// @param taker gets each message when the next one begins
  StoredMessages(int maxEvents, Receiver<StoredMessage> taker) {
    this.maxEvents = maxEvents;
    this.taker = taker;
  }

  void add(JudgedEvent event) throws InterruptedException {
    String its = EventKey.of(event);
    if (!its.equals(key)) {
      end();
      key = its;
    }
    if (events.size() < maxEvents) {
      events.add(event);
    } else {
      isWhole = false;
    }
  }

  /// Hands the last message over.
  void end() throws InterruptedException {
    if (!events.isEmpty()) {
      taker.accept(new StoredMessage(key, events, isWhole));
    }
    events = new ArrayList<>();
    isWhole = true;
  }
}
