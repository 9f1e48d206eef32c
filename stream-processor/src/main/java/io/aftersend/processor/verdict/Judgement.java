package io.aftersend.processor.verdict;

import io.aftersend.schemas.event.JudgedEvent;
import java.util.List;

/// A verdict with its grounds.
///
/// @param reasons names of the rule and of the evidence that decided, the rule first
/// @param confidence from 0 (a guess) to 1 (certain)
public record Judgement(Verdict verdict, List<String> reasons, double confidence) {
  /// The revision of an event's first judgement.
  public static final long FIRST_REVISION = 1;

  public Judgement {
    reasons = List.copyOf(reasons);
  }

  /// Notes in an event that it is judged so.
  public void noteIn(JudgedEvent event) {
    event.setVerdict(verdict.wireName());
    event.setReasons(reasons);
    event.setConfidence(confidence);
  }
}
