package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Instant;

/// An event that counts, with its verdict.
///
/// @param unit by what it is unique: its message, else what stands for one
record Judged(EmailEvent event, String unit, String verdict) {

  boolean is(String type) {
    return event.getType().equals(type);
  }

  /// Made by a person; a reply that a machine wrote is not.
  boolean isHuman() {
    if (is("replied")) {
      return !Boolean.TRUE.equals(event.getAutoReply());
    }
    return verdict.equals("human") || verdict.equals("proxy");
  }

  boolean isPrefetch() {
    return verdict.equals("prefetch");
  }

  boolean isHit() {
    return is("opened") || is("clicked");
  }

  boolean namesOnlyItsRecipient() {
    return event.getCampaign() == null
        && event.getMessage() == null
        && event.getRecipient() != null;
  }

  /// Whose count it enters: a provider's own opens and clicks are counted apart.
  String source() {
    return isHit() && event.getProvider() != null ? "provider" : "own";
  }

  Instant time() {
    return event.getEventTime();
  }

  /// By what an event is unique: message, else recipient, else list, else mailbox and thread, else
  /// the event itself. Ids of different tenants are different things.
  static String unitOf(EmailEvent event) {
    String of = event.getTenant() + " ";
    if (event.getMessage() != null) {
      return of + "message " + event.getMessage();
    }
    if (event.getRecipient() != null) {
      return of + "recipient " + event.getRecipient();
    }
    if (event.getList() != null) {
      return of + "list " + event.getList();
    }
    if (event.getMailbox() != null) {
      return of + "thread " + event.getMailbox() + " " + event.getThread();
    }
    return of + "event " + event.getEventId();
  }
}
