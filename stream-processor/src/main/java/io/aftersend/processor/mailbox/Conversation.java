package io.aftersend.processor.mailbox;

import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.state.KnownMail;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Who answered what, and when, in one conversation of a mailbox: a function of all its mails, so
/// that the same mails give the same answers in any order of arrival.
///
/// A mail received from a person is answered by the first mail that the mailbox sent at the same
/// time or later; a mail sent, by the first one that a person wrote back. What a machine wrote
/// neither answers nor waits for an answer. A reply answers sent mail like a received one, and
/// waits for nothing: where it is a mail of the mailbox it is reported as received as well.
final class Conversation {
  private Conversation() {}

  /// The mails with their answers. One whose answer changed has the next version.
  static List<KnownMail> answered(List<KnownMail> mails) {
    List<KnownMail> answered = new ArrayList<>();
    for (KnownMail mail : mails) {
      Long answer = answer(mail, mails);
      answered.add(
          mail.getVersion() > 0 && Objects.equals(answer, mail.getAnsweredAt())
              ? mail
              : with(mail, answer));
    }
    return answered;
  }

  private static KnownMail with(KnownMail mail, @Nullable Long answer) {
    KnownMail changed = KnownMail.newBuilder(mail).build();
    changed.setAnsweredAt(answer);
    changed.setVersion(mail.getVersion() + 1);
    return changed;
  }

  private static @Nullable Long answer(KnownMail mail, List<KnownMail> mails) {
    if (mail.getIsAuto() || isReply(mail)) {
      return null;
    }
    Long first = null;
    for (KnownMail other : mails) {
      boolean answers =
          !other.getIsAuto() && isSent(other) != isSent(mail) && other.getTime() >= mail.getTime();
      if (answers && (first == null || other.getTime() < first)) {
        first = other.getTime();
      }
    }
    return first;
  }

  static boolean isSent(KnownMail mail) {
    return mail.getType().equals(EventType.SENT.wireName());
  }

  /// Whether it stands for no mail of its own.
  static boolean isReply(KnownMail mail) {
    return mail.getType().equals(EventType.REPLIED.wireName());
  }
}
