package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Counts the mails of mailboxes again, as the definitions of the metrics say: for every mail
/// received, walks forward through the conversation until its mailbox writes.
public final class MailboxOracle {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);

  private final List<EmailEvent> mails;

  private MailboxOracle(List<EmailEvent> arrivals) {
    Map<String, EmailEvent> distinct = new TreeMap<>();
    for (EmailEvent event : arrivals) {
      distinct.putIfAbsent(event.getMessage() + " " + event.getEventId(), event);
    }
    mails =
        distinct.values().stream()
            .filter(event -> event.getMailbox() != null && !event.getTest())
            .toList();
  }

  /// The quarters of one mailbox that have a count, by `dimension|value|epoch ms`: sent, received,
  /// automatic, replied, answered, within the hour.
  ///
  /// @param arrivals of one tenant
  public static Map<String, List<Long>> quarters(List<EmailEvent> arrivals, String mailbox) {
    return new MailboxOracle(arrivals).quarters(mailbox);
  }

  private Map<String, List<Long>> quarters(String mailbox) {
    Map<String, List<Long>> quarters = new TreeMap<>();
    for (EmailEvent mail : mails) {
      if (mail.getMailbox().equals(mailbox)) {
        long startMs = mail.getEventTime().toEpochMilli() / QUARTER.toMillis() * QUARTER.toMillis();
        List<Long> counts = counts(mail);
        if (counts.stream().anyMatch(count -> count != 0)) {
          slices(mail).forEach(slice -> quarters.merge(slice + "|" + startMs, counts, this::sum));
        }
      }
    }
    return quarters;
  }

  private List<Long> sum(List<Long> one, List<Long> other) {
    Long[] sums = new Long[one.size()];
    Arrays.setAll(sums, i -> one.get(i) + other.get(i));
    return List.of(sums);
  }

  private static Stream<String> slices(EmailEvent mail) {
    Stream<String> folder =
        is(mail, "received") && mail.getFolder() != null
            ? Stream.of("folder|" + mail.getFolder())
            : Stream.empty();
    Stream<String> labels = new TreeSet<>(mail.getLabels()).stream().map(label -> "label|" + label);
    return Stream.concat(Stream.of("|"), Stream.concat(labels, folder));
  }

  private List<Long> counts(EmailEvent mail) {
    boolean isAuto = isAuto(mail);
    if (is(mail, "sent")) {
      return List.of(1L, 0L, 0L, 0L, 0L, 0L);
    }
    if (is(mail, "replied")) {
      return List.of(0L, 0L, 0L, isAuto ? 0L : 1L, 0L, 0L);
    }
    if (isAuto) {
      return List.of(0L, 1L, 1L, 0L, 0L, 0L);
    }
    Instant answer = answer(mail);
    boolean isSoon =
        answer != null && Duration.between(mail.getEventTime(), answer).compareTo(HOUR) < 0;
    return List.of(0L, 1L, 0L, 0L, answer == null ? 0L : 1L, isSoon ? 1L : 0L);
  }

  private @Nullable Instant answer(EmailEvent received) {
    if (received.getThread() == null) {
      return null;
    }
    return mails.stream()
        .filter(mail -> is(mail, "sent") && !isAuto(mail))
        .filter(mail -> mail.getMailbox().equals(received.getMailbox()))
        .filter(mail -> Objects.equals(mail.getThread(), received.getThread()))
        .map(EmailEvent::getEventTime)
        .sorted()
        .dropWhile(time -> time.isBefore(received.getEventTime()))
        .findFirst()
        .orElse(null);
  }

  private static boolean is(EmailEvent event, String type) {
    return event.getType().equals(type);
  }

  private static boolean isAuto(EmailEvent event) {
    return Boolean.TRUE.equals(event.getAutoReply());
  }
}
