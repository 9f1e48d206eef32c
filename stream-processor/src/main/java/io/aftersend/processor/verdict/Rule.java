package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.util.List;

/// One line of the rule table: where all evidence holds, the judgement.
record Rule(Judgement judgement, List<Evidence> evidence) {

  static Rule of(Verdict verdict, double confidence, String reason, Evidence... evidence) {
    return new Rule(new Judgement(verdict, List.of(reason), confidence), List.of(evidence));
  }

  /// The same rule with one more reason to show.
  Rule because(String reason) {
    List<String> reasons = List.of(judgement.reasons().getFirst(), reason);
    return new Rule(new Judgement(judgement.verdict(), reasons, judgement.confidence()), evidence);
  }

  boolean appliesTo(EventType type, EmailEvent event) {
    for (Evidence condition : evidence) {
      if (!condition.holdsFor(type, event)) {
        return false;
      }
    }
    return true;
  }
}
