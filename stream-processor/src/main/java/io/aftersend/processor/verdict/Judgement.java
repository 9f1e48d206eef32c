package io.aftersend.processor.verdict;

import java.util.List;

/// A verdict with its grounds.
///
/// @param reasons names of the rule and of the evidence that decided, the rule first
/// @param confidence from 0 (a guess) to 1 (certain)
public record Judgement(Verdict verdict, List<String> reasons, double confidence) {
  public Judgement {
    reasons = List.copyOf(reasons);
  }
}
