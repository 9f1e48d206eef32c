package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.util.List;
import java.util.Set;

/// Judges by an event's own evidence, and open hits by what all hits of their message do: the rules
/// of `docs/verdicts.md`, for a message whose events all arrive while they are remembered.
final class Hindsight implements Judging {
  private static final Set<String> HITS =
      Set.of("opened", "read", "clicked", "attachment_opened", "forwarded", "unsubscribe_viewed");
  private static final Set<String> SEEN_THROUGH = Set.of("scanner", "bot");

  private final Judging ownEvidence = new OwnEvidence();
  private final List<BehaviourRule> rules;

  /// With the rules that are shipped.
  Hindsight() {
    this(BehaviourRule.shipped());
  }

  Hindsight(List<BehaviourRule> rules) {
    this.rules = rules;
  }

  @Override
  public String verdict(EmailEvent event, List<EmailEvent> unit) {
    String own = ownEvidence.verdict(event, unit);
    if (event.getMessage() == null || !isHit(event) || !isOpen(event, own)) {
      return own;
    }
    MessageBehaviour behaviour = new MessageBehaviour(unit, this::isEntry);
    boolean isClaimed =
        behaviour.isRemembered(event)
            && rules.stream().anyMatch(rule -> behaviour.claims(rule, event));
    return isClaimed ? "scanner" : own;
  }

  /// What nothing exact is known of: Gmail's prefetch agent from other addresses than Google's,
  /// too.
  private static boolean isOpen(EmailEvent event, String own) {
    boolean isUncertain =
        own.equals("prefetch")
            && OwnEvidence.GMAIL_PREFETCH.equals(event.getUserAgent())
            && !Boolean.TRUE.equals(event.getPrefetch())
            && !"google".equals(event.getNetworkClass());
    return own.equals("human") || isUncertain;
  }

  private static boolean isHit(EmailEvent event) {
    return HITS.contains(event.getType()) && !Boolean.TRUE.equals(event.getInferred());
  }

  /// Open hits and those of known machines, and unsubscribes; all that have a time of their own.
  private boolean isEntry(EmailEvent event) {
    if (!MessageBehaviour.hasTimeOfItsOwn(event)) {
      return false;
    }
    if (event.getType().equals("unsubscribed")) {
      return true;
    }
    String own = ownEvidence.verdict(event, List.of());
    return isHit(event) && (isOpen(event, own) || SEEN_THROUGH.contains(own));
  }
}
