package io.aftersend.processor;

import java.util.Set;

/// The rules that judge a message by all of its hits.
final class BehaviourRules {
  static final Set<String> NAMES =
      Set.of(
          "unsubscribe_and_link",
          "very_many_links",
          "many_links",
          "many_networks",
          "click_too_soon",
          "open_too_soon");

  private BehaviourRules() {}
}
