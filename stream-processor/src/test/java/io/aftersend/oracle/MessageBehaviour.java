package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// What the entries of one message do together: its first hits, and its unsubscribes.
final class MessageBehaviour {
  private static final int MOST_ENTRIES = 64;
  private static final Set<String> TELL_OF_MAILBOXES =
      Set.of("sent", "delivered", "deferred", "dropped");

  private final List<EmailEvent> entries;
  private final @Nullable Instant anchor;
  private final String mailboxProvider;

  MessageBehaviour(List<EmailEvent> message, Predicate<EmailEvent> isEntry) {
    entries =
        message.stream()
            .filter(isEntry)
            .sorted(
                Comparator.comparing(EmailEvent::getEventTime)
                    .thenComparing(EmailEvent::getEventId))
            .limit(MOST_ENTRIES)
            .toList();
    Instant delivered = earliest(message, "delivered");
    anchor = delivered == null ? earliest(message, "sent") : delivered;
    mailboxProvider =
        message.stream()
            .filter(event -> TELL_OF_MAILBOXES.contains(event.getType()))
            .filter(event -> event.getMailboxProvider() != null)
            .min(
                Comparator.comparing(EmailEvent::getEventTime)
                    .thenComparing(EmailEvent::getMailboxProvider))
            .map(event -> event.getMailboxProvider().toLowerCase(Locale.ROOT))
            .orElse("default");
  }

  private static @Nullable Instant earliest(List<EmailEvent> message, String type) {
    return message.stream()
        .filter(event -> event.getType().equals(type) && hasTimeOfItsOwn(event))
        .map(EmailEvent::getEventTime)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  /// An event that was posted without a time has that of its ingest.
  static boolean hasTimeOfItsOwn(EmailEvent event) {
    return !event.getSource().equals("post") || !event.getEventTime().equals(event.getIngestTime());
  }

  boolean isRemembered(EmailEvent hit) {
    return entries.contains(hit);
  }

  /// Whether the rule claims the hit, which is open.
  boolean claims(BehaviourRule rule, EmailEvent hit) {
    if (!rule.types().contains(hit.getType()) || !isInReach(rule, hit)) {
      return false;
    }
    List<EmailEvent> group =
        entries.stream()
            .filter(entry -> Objects.equals(entry.getProvider(), hit.getProvider()))
            .filter(entry -> isInReach(rule, entry))
            .toList();
    Duration within = rule.within(mailboxProvider);
    return switch (rule.kind()) {
      case DISTINCT_LINKS -> isInSpan(rule, group, hit, within, MessageBehaviour::link);
      case DISTINCT_NETWORKS -> isInSpan(rule, group, hit, within, MessageBehaviour::network);
      case UNSUBSCRIBE_WITH_LINK -> isNearTheOther(group, hit, within);
      case SOON_AFTER_DELIVERY -> isSoon(rule, hit, within);
    };
  }

  private boolean isInReach(BehaviourRule rule, EmailEvent entry) {
    return anchor == null
        || rule.afterDelivery() == null
        || !entry.getEventTime().isAfter(anchor.plus(rule.afterDelivery()));
  }

  /// Looks at every span that begins with an entry: any other holds no more.
  private static boolean isInSpan(
      BehaviourRule rule,
      List<EmailEvent> group,
      EmailEvent hit,
      Duration within,
      Function<EmailEvent, @Nullable String> property) {
    Instant time = hit.getEventTime();
    for (EmailEvent first : group) {
      Instant start = first.getEventTime();
      Instant end = start.plus(within);
      if (start.isAfter(time) || end.isBefore(time)) {
        continue;
      }
      Set<String> different = new HashSet<>();
      for (EmailEvent entry : group) {
        boolean isInside =
            !entry.getEventTime().isBefore(start) && !entry.getEventTime().isAfter(end);
        String value = property.apply(entry);
        if (isInside && rule.types().contains(entry.getType()) && value != null) {
          different.add(value);
        }
      }
      if (different.size() >= rule.least()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNearTheOther(List<EmailEvent> group, EmailEvent hit, Duration within) {
    boolean isView = hit.getType().equals("unsubscribe_viewed");
    if (!isView && link(hit) == null) {
      return false;
    }
    for (EmailEvent entry : group) {
      boolean isOther =
          isView
              ? link(entry) != null && !entry.getType().equals("unsubscribe_viewed")
              : entry.getType().startsWith("unsubscribe");
      Duration distance = Duration.between(entry.getEventTime(), hit.getEventTime()).abs();
      if (isOther && distance.compareTo(within) <= 0) {
        return true;
      }
    }
    return false;
  }

  private boolean isSoon(BehaviourRule rule, EmailEvent hit, Duration within) {
    return anchor != null
        && !hit.getEventTime().isBefore(anchor.minus(rule.beforeDelivery()))
        && hit.getEventTime().isBefore(anchor.plus(within));
  }

  private static @Nullable String link(EmailEvent event) {
    return switch (event.getType()) {
      case "clicked", "attachment_opened" -> {
        String target = event.getLink() == null ? event.getUrl() : event.getLink();
        yield event.getType() + " " + (target == null ? event.getFileName() : target);
      }
      case "forwarded", "unsubscribe_viewed" -> event.getType();
      default -> null;
    };
  }

  private static @Nullable String network(EmailEvent event) {
    if (event.getType().equals("unsubscribed")) {
      return null;
    }
    return "apple_egress".equals(event.getNetworkClass()) ? "apple_egress" : event.getIp();
  }
}
