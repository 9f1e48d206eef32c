package io.aftersend.processor.mailbox;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.metric.MailboxMetrics;
import io.aftersend.schemas.state.KnownMail;
import java.time.Duration;

/// What mails add to the quarter in which they were sent or received, or the change of that.
record MailCounts(
    long sent,
    long received,
    long autoReceived,
    long replied,
    long answered,
    long answeredWithinHour) {
  static final MailCounts NONE = new MailCounts(0, 0, 0, 0, 0, 0);

  private static final long HOUR_MS = Duration.ofHours(1).toMillis();

  /// What one mail adds. Only mails received count as answered.
  static MailCounts of(KnownMail mail) {
    long person = mail.getIsAuto() ? 0 : 1;
    if (mail.getType().equals(EventType.SENT.wireName())) {
      return new MailCounts(1, 0, 0, 0, 0, 0);
    }
    if (mail.getType().equals(EventType.REPLIED.wireName())) {
      return new MailCounts(0, 0, 0, person, 0, 0);
    }
    Long answer = mail.getAnsweredAt();
    long answered = answer == null ? 0 : 1;
    long withinHour = answer != null && answer - mail.getTime() < HOUR_MS ? 1 : 0;
    return new MailCounts(0, 1, 1 - person, 0, answered, withinHour);
  }

  MailCounts plus(MailCounts other) {
    return new MailCounts(
        sent + other.sent,
        received + other.received,
        autoReceived + other.autoReceived,
        replied + other.replied,
        answered + other.answered,
        answeredWithinHour + other.answeredWithinHour);
  }

  MailCounts negated() {
    return new MailCounts(
        -sent, -received, -autoReceived, -replied, -answered, -answeredWithinHour);
  }

  /// Adds this to a row, which is changed.
  void addTo(MailboxMetrics row) {
    row.setSent(row.getSent() + sent);
    row.setReceived(row.getReceived() + received);
    row.setAutoReceived(row.getAutoReceived() + autoReceived);
    row.setReplied(row.getReplied() + replied);
    row.setAnswered(row.getAnswered() + answered);
    row.setAnsweredWithinHour(row.getAnsweredWithinHour() + answeredWithinHour);
  }
}
