package io.aftersend.processor;

import io.aftersend.schemas.metric.MailboxMail;
import io.aftersend.schemas.metric.MailboxMetrics;
import io.aftersend.schemas.topic.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.TestOutputTopic;

/// The rows of mailboxes that came out of the production topology last.
final class MailboxFixture {
  private final TestOutputTopic<String, MailboxMetrics> metricsTopic;
  private final TestOutputTopic<String, MailboxMail> mailsTopic;
  private final Map<String, MailboxMetrics> metrics = new TreeMap<>();
  private final Map<String, MailboxMail> mails = new TreeMap<>();

  MailboxFixture(TopologyFixture topology) {
    Topics topics = Topics.withPrefix("");
    metricsTopic = topology.output(topics.mailboxMetrics());
    mailsTopic = topology.output(topics.mailboxMails());
  }

  /// Reads what came out; each row must be newer than the one before.
  MailboxFixture settle() {
    metricsTopic
        .readKeyValuesToList()
        .forEach(
            row -> {
              MailboxMetrics before = metrics.put(row.key, row.value);
              requireNewer(before == null ? 0 : before.getVersion(), row.value.getVersion());
            });
    mailsTopic
        .readKeyValuesToList()
        .forEach(
            row -> {
              MailboxMail before = mails.put(row.key, row.value);
              requireNewer(before == null ? 0 : before.getVersion(), row.value.getVersion());
            });
    return this;
  }

  private static void requireNewer(long before, long after) {
    if (after != before + 1) {
      throw new AssertionError("expected version %d, got %d".formatted(before + 1, after));
    }
  }

  /// The mails of a mailbox, as text `thread/id direction answered after minutes`, `-` where not.
  List<String> mails(String tenant, String mailbox) {
    List<String> texts = new ArrayList<>();
    for (MailboxMail mail : mails.values()) {
      if (mail.getTenant().equals(tenant) && mail.getMailbox().equals(mailbox)) {
        String answer =
            mail.getAnsweredAt() == null
                ? "-"
                : Long.toString(
                    (mail.getAnsweredAt().toEpochMilli() - mail.getEventTime().toEpochMilli())
                        / 60_000);
        texts.add(
            "%s/%s %s %s"
                .formatted(mail.getThread(), mail.getEventId(), mail.getDirection(), answer));
      }
    }
    return texts;
  }

  /// Quarters with a count of a mailbox, by `dimension|value|epoch ms`: sent, received, automatic,
  /// replied, answered, within the hour.
  Map<String, List<Long>> quarters(String tenant, String mailbox) {
    Map<String, List<Long>> counts = new TreeMap<>();
    for (MailboxMetrics row : metrics.values()) {
      List<Long> numbers =
          List.of(
              row.getSent(),
              row.getReceived(),
              row.getAutoReceived(),
              row.getReplied(),
              row.getAnswered(),
              row.getAnsweredWithinHour());
      if (row.getTenant().equals(tenant)
          && row.getMailbox().equals(mailbox)
          && numbers.stream().anyMatch(number -> number != 0)) {
        counts.put(
            String.join(
                "|",
                row.getDimension(),
                row.getDimensionValue(),
                Long.toString(row.getBucketStart().toEpochMilli())),
            numbers);
      }
    }
    return counts;
  }
}
