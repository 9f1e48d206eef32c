package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.util.List;

/// What the events of one message say of it as a whole: most the same, and some another thing.
final class TermsStory {
  private static final List<String> VARIANTS = List.of("a", "b", "c");
  private static final List<String> ACCOUNTS = List.of("acme", "globex", "initech", "umbrella");
  private static final List<List<String>> LABELS =
      List.of(List.of("news"), List.of("offer", "news"), List.of("a|b", "offer"), List.of("vip"));

  private final Chance chance;
  private final String variant;
  private final String account;
  private final List<String> labels;

  TermsStory(Chance chance) {
    this.chance = chance;
    variant = chance.oneOf(VARIANTS);
    account = chance.oneOf(ACCOUNTS);
    labels = chance.oneOf(LABELS);
  }

  /// Has an event say something of its message, or not.
  void tell(EmailEvent event) {
    if (says(event)) {
      event.setVariant(chance.percent(85) ? variant : chance.oneOf(VARIANTS));
    }
    if (says(event)) {
      event.setAccount(chance.percent(85) ? account : chance.oneOf(ACCOUNTS));
    }
    if (says(event)) {
      event.setLabels(chance.percent(85) ? labels : chance.oneOf(LABELS));
    }
  }

  private boolean says(EmailEvent event) {
    return chance.percent(event.getType().equals("sent") ? 60 : 12);
  }
}
