package io.aftersend.processor;

import io.aftersend.schemas.event.EmailEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// A naive second judging of messages of one campaign by the page on verdicts: looks at the whole
/// history at once and tries every span. Written without the code under test, with the figures of
/// the shipped table written out again.
final class NaiveJudge {
  private static final int MOST_ENTRIES = 64;
  private static final Set<String> CLICKS =
      Set.of("clicked", "attachment_opened", "forwarded", "unsubscribe_viewed");
  private static final Set<String> PIXELS = Set.of("opened", "read");
  private static final Set<String> UNSUBSCRIBES = Set.of("unsubscribe_viewed", "unsubscribed");
  private static final Set<String> PRIVATE_MAILBOXES = Set.of("gmail", "yahoo", "icloud");
  private static final Set<String> NAMING_PROVIDER =
      Set.of("sent", "delivered", "deferred", "dropped");

  private NaiveJudge() {}

  /// Names of the behaviour rules that claim events, by `message/event id`; without those that none
  /// claims.
  static Map<String, List<String>> claims(List<EmailEvent> history) {
    Map<String, Map<String, EmailEvent>> messages = new LinkedHashMap<>();
    for (EmailEvent event : history) {
      if (event.getMessage() != null && !event.getTest()) {
        messages
            .computeIfAbsent(event.getMessage(), any -> new LinkedHashMap<>())
            .putIfAbsent(event.getEventId(), event);
      }
    }
    Map<String, List<String>> claims = new TreeMap<>();
    messages.forEach((message, events) -> claim(message, new ArrayList<>(events.values()), claims));
    return claims;
  }

  /// The history as it would be if whatever a rule claims had come with a scanner's own agent.
  static List<EmailEvent> asSeenLater(List<EmailEvent> history) {
    Set<String> claimed = claims(history).keySet();
    return history.stream()
        .map(
            event ->
                claimed.contains(event.getMessage() + "/" + event.getEventId()) && !event.getTest()
                    ? EmailEvent.newBuilder(event).setUserAgent(Oracle.SCANNER_AGENT).build()
                    : event)
        .toList();
  }

  private static void claim(
      String message, List<EmailEvent> events, Map<String, List<String>> claims) {
    List<EmailEvent> entries =
        events.stream()
            .filter(event -> isOpen(event) || isScanner(event) || isUnsubscribed(event))
            .filter(NaiveJudge::hasOwnTime)
            .sorted(
                Comparator.comparing(EmailEvent::getEventTime)
                    .thenComparing(EmailEvent::getEventId))
            .limit(MOST_ENTRIES)
            .toList();
    Long delivered = first(events, "delivered");
    Long anchor = delivered == null ? first(events, "sent") : delivered;
    String provider = mailboxProvider(events);
    for (EmailEvent hit : entries) {
      List<EmailEvent> group =
          entries.stream()
              .filter(other -> Objects.equals(other.getProvider(), hit.getProvider()))
              .toList();
      List<String> rules = isOpen(hit) ? rules(hit, group, anchor, provider) : List.of();
      if (!rules.isEmpty()) {
        claims.put(message + "/" + hit.getEventId(), rules);
      }
    }
  }

  private static List<String> rules(
      EmailEvent hit, List<EmailEvent> group, @Nullable Long anchor, String provider) {
    List<EmailEvent> early =
        group.stream()
            .filter(entry -> anchor == null || time(entry) <= anchor + 1_800_000)
            .toList();
    boolean isEarly = early.contains(hit);
    boolean isClick = CLICKS.contains(hit.getType());
    long many = PRIVATE_MAILBOXES.contains(provider) ? 3_000 : 10_000;
    List<String> rules = new ArrayList<>();
    if (isEarly && isClick && isWithUnsubscribe(hit, early)) {
      rules.add("unsubscribe_and_link");
    }
    if (isInSpan(hit, group, 10_000, 5, true)) {
      rules.add("very_many_links");
    }
    if (isEarly && isInSpan(hit, early, many, 3, true)) {
      rules.add("many_links");
    }
    if (isEarly && isInSpan(hit, early, 30_000, 3, false)) {
      rules.add("many_networks");
    }
    if (anchor != null && time(hit) >= anchor - 10_000) {
      if (isClick && time(hit) < anchor + 3_000) {
        rules.add("click_too_soon");
      }
      if (!isClick && time(hit) < anchor + 2_000) {
        rules.add("open_too_soon");
      }
    }
    return rules;
  }

  private static boolean isWithUnsubscribe(EmailEvent hit, List<EmailEvent> early) {
    boolean isUnsubscribe = UNSUBSCRIBES.contains(hit.getType());
    Predicate<EmailEvent> wanted =
        isUnsubscribe
            ? other -> CLICKS.contains(other.getType()) && !UNSUBSCRIBES.contains(other.getType())
            : other -> UNSUBSCRIBES.contains(other.getType());
    return early.stream()
        .filter(wanted)
        .anyMatch(other -> Math.abs(time(other) - time(hit)) <= 10_000);
  }

  /// Tries every span that begins or ends at an entry.
  private static boolean isInSpan(
      EmailEvent hit, List<EmailEvent> entries, long length, int atLeast, boolean isOfLinks) {
    List<Long> starts = new ArrayList<>();
    entries.forEach(entry -> starts.add(time(entry)));
    entries.forEach(entry -> starts.add(time(entry) - length));
    for (long start : starts) {
      if (time(hit) < start || time(hit) > start + length) {
        continue;
      }
      Set<String> different = new HashSet<>();
      for (EmailEvent entry : entries) {
        String mark = isOfLinks ? link(entry) : network(entry);
        if (mark != null && time(entry) >= start && time(entry) <= start + length) {
          different.add(mark);
        }
      }
      if (different.size() >= atLeast) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable String link(EmailEvent event) {
    return switch (event.getType()) {
      case "clicked", "attachment_opened" -> event.getType() + " " + event.getLink();
      case "forwarded", "unsubscribe_viewed" -> event.getType();
      default -> null;
    };
  }

  private static @Nullable String network(EmailEvent event) {
    if (isUnsubscribed(event)) {
      return null;
    }
    return "apple_egress".equals(event.getNetworkClass()) ? "apple" : event.getIp();
  }

  private static boolean isUnsubscribed(EmailEvent event) {
    return event.getType().equals("unsubscribed");
  }

  private static boolean isHit(EmailEvent event) {
    return (CLICKS.contains(event.getType()) || PIXELS.contains(event.getType()))
        && event.getInferred() == null;
  }

  private static boolean isScanner(EmailEvent event) {
    return isHit(event)
        && ("HEAD".equals(event.getMethod()) || Oracle.SCANNER_AGENT.equals(event.getUserAgent()));
  }

  /// Nothing is known of whoever made it; the bare agent is Apple's on pixels alone.
  private static boolean isOpen(EmailEvent event) {
    String agent = event.getUserAgent() == null ? "" : event.getUserAgent();
    boolean isPrefetch = agent.equals(Oracle.PREFETCH_AGENT) && PIXELS.contains(event.getType());
    return isHit(event)
        && event.getMethod() == null
        && !isPrefetch
        && !agent.equals(Oracle.SCANNER_AGENT)
        && !agent.contains("GoogleImageProxy");
  }

  private static boolean hasOwnTime(EmailEvent event) {
    return !event.getSource().equals("post") || !event.getEventTime().equals(event.getIngestTime());
  }

  private static @Nullable Long first(List<EmailEvent> events, String type) {
    return events.stream()
        .filter(event -> event.getType().equals(type) && hasOwnTime(event))
        .map(NaiveJudge::time)
        .min(Comparator.naturalOrder())
        .orElse(null);
  }

  private static String mailboxProvider(List<EmailEvent> events) {
    return events.stream()
        .filter(event -> NAMING_PROVIDER.contains(event.getType()))
        .filter(event -> event.getMailboxProvider() != null)
        .min(
            Comparator.comparing(EmailEvent::getEventTime)
                .thenComparing(EmailEvent::getMailboxProvider))
        .map(event -> event.getMailboxProvider().toLowerCase(Locale.ROOT))
        .orElse("");
  }

  private static long time(EmailEvent event) {
    return event.getEventTime().toEpochMilli();
  }
}
