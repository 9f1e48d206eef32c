package io.aftersend.processor.hindsight;

import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.JudgedEvent;
import org.jspecify.annotations.Nullable;

/// An earlier hit with a new judgement.
///
/// @param event the hit as it goes out again
/// @param before the verdict that it had
/// @param apartZone zone of the bucket in which it was counted apart from the facts; null where the
///   facts have its quarter of an hour
public record Rejudged(JudgedEvent event, Verdict before, @Nullable String apartZone) {}
