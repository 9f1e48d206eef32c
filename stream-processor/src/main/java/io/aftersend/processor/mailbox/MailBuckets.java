package io.aftersend.processor.mailbox;

import io.aftersend.processor.count.Quarter;
import io.aftersend.schemas.state.KnownMail;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/// How mails change the quarters of their mailbox, as a whole, by label and by folder. Collects
/// signed contributions.
///
/// A mail with several labels counts for each, and once for the whole mailbox.
final class MailBuckets {
  private static final String LABEL = "label";
  private static final String FOLDER = "folder";

  private final Map<Bucket, MailCounts> changes = new HashMap<>();

  /// A quarter of a mailbox.
  ///
  /// @param dimension empty for the whole mailbox
  record Bucket(String dimension, String value, long quarter) {}

  /// Adds what mails contribute.
  void add(List<KnownMail> mails) {
    mails.forEach(mail -> fill(mail, MailCounts.of(mail)));
  }

  /// Takes away what mails contributed.
  void remove(List<KnownMail> mails) {
    mails.forEach(mail -> fill(mail, MailCounts.of(mail).negated()));
  }

  private void fill(KnownMail mail, MailCounts counts) {
    long quarter = Quarter.of(mail.getTime());
    fill(new Bucket("", "", quarter), counts);
    for (String label : new LinkedHashSet<>(mail.getLabels())) {
      fill(new Bucket(LABEL, label, quarter), counts);
    }
    if (mail.getFolder() != null) {
      fill(new Bucket(FOLDER, mail.getFolder(), quarter), counts);
    }
  }

  private void fill(Bucket bucket, MailCounts counts) {
    changes.merge(bucket, counts, MailCounts::plus);
  }

  /// The quarters that change, and by how much.
  Map<Bucket, MailCounts> changes() {
    changes.values().removeIf(MailCounts.NONE::equals);
    return changes;
  }
}
