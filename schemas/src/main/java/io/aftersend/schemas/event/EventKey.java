package io.aftersend.schemas.event;

import org.jspecify.annotations.Nullable;

/// The Kafka key of an event: the tenant and what the event is about, so that all of a message lies
/// in one partition.
///
/// It reads `tenant|kind:id`, where kind is `m` (message), `r` (recipient), `l` (list), `t`
/// (mailbox and thread) or `e` (the event alone): the first of these that the event has. Ids cannot
/// hold `|` or `:`.
public final class EventKey {
  private EventKey() {}

  public static String of(EmailEvent event) {
    return of(
        event.getTenant(),
        event.getMessage(),
        event.getRecipient(),
        event.getList(),
        event.getMailbox(),
        event.getThread(),
        event.getEventId());
  }

  /// The key of the event that was judged.
  public static String of(JudgedEvent event) {
    return of(
        event.getTenant(),
        event.getMessage(),
        event.getRecipient(),
        event.getList(),
        event.getMailbox(),
        event.getThread(),
        event.getEventId());
  }

  private static String of(
      String tenant,
      @Nullable String message,
      @Nullable String recipient,
      @Nullable String list,
      @Nullable String mailbox,
      @Nullable String thread,
      String eventId) {
    if (message != null) {
      return tenant + "|m:" + message;
    }
    if (recipient != null) {
      return tenant + "|r:" + recipient;
    }
    if (list != null) {
      return tenant + "|l:" + list;
    }
    if (mailbox != null) {
      return tenant + "|t:" + mailbox + ":" + (thread == null ? "" : thread);
    }
    return tenant + "|e:" + eventId;
  }
}
