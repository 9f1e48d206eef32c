package io.aftersend.oracle;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A rule that claims hits by what the hits of the whole message do.
///
/// @param kind what it looks for
/// @param least different links or networks that make it apply; 0 for the other kinds
/// @param types of event that it looks at
/// @param within by mailbox provider in lower case; `default` for all others
/// @param beforeDelivery of [Kind#SOON_AFTER_DELIVERY] only
/// @param afterDelivery how long after delivery it applies; null for always
record BehaviourRule(
    Kind kind,
    int least,
    Set<String> types,
    Map<String, Duration> within,
    Duration beforeDelivery,
    @Nullable Duration afterDelivery) {

  enum Kind {
    DISTINCT_LINKS,
    DISTINCT_NETWORKS,
    UNSUBSCRIBE_WITH_LINK,
    SOON_AFTER_DELIVERY
  }

  /// The rules of `docs/verdicts.md`.
  static List<BehaviourRule> shipped() {
    Set<String> clicks = Set.of("clicked", "attachment_opened", "forwarded", "unsubscribe_viewed");
    Set<String> pixels = Set.of("opened", "read");
    Set<String> all =
        Set.of("clicked", "attachment_opened", "forwarded", "unsubscribe_viewed", "opened", "read");
    Duration no = Duration.ZERO;
    Duration halfAnHour = Duration.ofMinutes(30);
    Map<String, Duration> tenSeconds = Map.of("default", Duration.ofSeconds(10));
    Map<String, Duration> lessForPrivateMailboxes =
        Map.of(
            "default", Duration.ofSeconds(10),
            "gmail", Duration.ofSeconds(3),
            "yahoo", Duration.ofSeconds(3),
            "icloud", Duration.ofSeconds(3));
    return List.of(
        new BehaviourRule(Kind.UNSUBSCRIBE_WITH_LINK, 0, clicks, tenSeconds, no, halfAnHour),
        new BehaviourRule(Kind.DISTINCT_LINKS, 5, all, tenSeconds, no, null),
        new BehaviourRule(Kind.DISTINCT_LINKS, 3, all, lessForPrivateMailboxes, no, halfAnHour),
        new BehaviourRule(
            Kind.DISTINCT_NETWORKS,
            3,
            all,
            Map.of("default", Duration.ofSeconds(30)),
            no,
            halfAnHour),
        new BehaviourRule(
            Kind.SOON_AFTER_DELIVERY,
            0,
            clicks,
            Map.of("default", Duration.ofSeconds(3)),
            Duration.ofSeconds(10),
            null),
        new BehaviourRule(
            Kind.SOON_AFTER_DELIVERY,
            0,
            pixels,
            Map.of("default", Duration.ofSeconds(2)),
            Duration.ofSeconds(10),
            null));
  }

  Duration within(String mailboxProvider) {
    Duration ofProvider = within.get(mailboxProvider);
    return ofProvider == null ? within.getOrDefault("default", Duration.ZERO) : ofProvider;
  }
}
