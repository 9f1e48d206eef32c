package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.util.List;

/// A rule that looks at one event alone: where all evidence holds, the judgement.
record Signature(Scope scope, Judgement judgement, List<Evidence> evidence) {
  Signature {
    evidence = List.copyOf(evidence);
  }

  boolean judges(EventType type) {
    return scope.holds(type);
  }

  boolean holdsFor(EmailEvent event) {
    for (Evidence condition : evidence) {
      if (!condition.holdsFor(event)) {
        return false;
      }
    }
    return true;
  }
}
