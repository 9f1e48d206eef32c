package io.aftersend.processor.mailbox;

import io.aftersend.processor.mailbox.MailBuckets.Bucket;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.metric.MailboxMail;
import io.aftersend.schemas.metric.MailboxMetrics;
import io.aftersend.schemas.state.KnownMail;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// Makes what is kept of a mail of its event, and the public records of what is kept.
final class MailRows {
  private MailRows() {}

  /// What is kept of a mail; version 0, since nothing was published of it.
  static KnownMail known(JudgedEvent event) {
    boolean isReceived = event.getType().equals(EventType.RECEIVED.wireName());
    return new KnownMail(
        MailboxEvents.id(event),
        event.getType(),
        event.getEventTime().toEpochMilli(),
        MailboxEvents.isAuto(event),
        null,
        event.getMessage(),
        event.getCounterparty(),
        event.getCampaign(),
        isReceived ? event.getFolder() : null,
        List.copyOf(event.getLabels()),
        Math.toIntExact(event.getExpiresOn().toEpochDay()),
        0L);
  }

  /// @param event any event of the same conversation
  static MailboxMail row(JudgedEvent event, KnownMail mail) {
    Long answerMs = mail.getAnsweredAt();
    return new MailboxMail(
        event.getTenant(),
        event.getMailbox(),
        event.getThread(),
        mail.getId(),
        mail.getType(),
        Instant.ofEpochMilli(mail.getTime()),
        answerMs == null ? null : Instant.ofEpochMilli(answerMs),
        mail.getMessage(),
        mail.getCounterparty(),
        mail.getCampaign(),
        mail.getFolder(),
        mail.getLabels(),
        mail.getIsAuto(),
        LocalDate.ofEpochDay(mail.getExpiresOn()),
        mail.getVersion());
  }

  /// A record of a quarter without counts.
  ///
  /// @param event any event of the same mailbox
  static MailboxMetrics empty(JudgedEvent event, Bucket bucket, Instant start) {
    return new MailboxMetrics(
        event.getTenant(),
        event.getMailbox(),
        bucket.dimension(),
        bucket.value(),
        start,
        0L,
        0L,
        0L,
        0L,
        0L,
        0L,
        0L);
  }
}
