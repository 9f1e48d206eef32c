package io.aftersend.processor.hindsight;

import io.aftersend.schemas.state.HitNote;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one event changed in the memory of its message's hits.
///
/// @param rejudged earlier hits with another judgement than before
/// @param remembered all entries that are remembered now; can still be noted upon until the review
///   is kept
/// @param forgotten entries that were remembered until now; their verdicts stand from now on
/// @param own the event's own entry; null where it is none, or lies behind those that are
///   remembered
/// @param isBegun whether nothing was remembered before, so that all earlier verdicts stand
public record Review(
    List<Rejudged> rejudged,
    List<HitNote> remembered,
    List<HitNote> forgotten,
    @Nullable HitNote own,
    boolean isBegun) {}
