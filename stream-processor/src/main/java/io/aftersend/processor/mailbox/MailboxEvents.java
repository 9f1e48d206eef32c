package io.aftersend.processor.mailbox;

import io.aftersend.processor.verdict.Judgement;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.util.EnumSet;
import java.util.Set;

/// Which events are mails of a mailbox, and whose they are.
public final class MailboxEvents {
  private static final Set<EventType> TYPES =
      EnumSet.of(EventType.SENT, EventType.RECEIVED, EventType.REPLIED);

  private MailboxEvents() {}

  /// Whether an event is a mail of a mailbox: it names the mailbox and is no test.
  public static boolean isMail(JudgedEvent event) {
    EventType type = EventType.ofWireName(event.getType());
    return event.getMailbox() != null
        && !event.getTest()
        && event.getRevision() <= Judgement.FIRST_REVISION
        && type != null
        && TYPES.contains(type);
  }

  /// The event as it is stored. A mail that belongs to no campaign is counted all the same, for its
  /// mailbox.
  public static JudgedEvent marked(JudgedEvent event) {
    if (isMail(event)) {
      event.setCounted(true);
    }
    return event;
  }

  /// The key that brings all mails of a mailbox together.
  public static String key(JudgedEvent event) {
    return event.getTenant() + "|" + event.getMailbox();
  }

  /// What the event is among those of its conversation: the sender's ids are unique in a message.
  static String id(JudgedEvent event) {
    String message = event.getMessage();
    return message == null ? event.getEventId() : message + "|" + event.getEventId();
  }

  static boolean isAuto(JudgedEvent event) {
    return Boolean.TRUE.equals(event.getAutoReply());
  }
}
