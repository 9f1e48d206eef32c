package io.aftersend.processor.rejudge;

/// What became of having new judgements stand.
///
/// @param messages that were sent to the processor, some more than once
/// @param passes how often all events were read
/// @param remaining messages that came out otherwise in the last pass too: events of theirs were
///   deleted or keep coming, or they are too large for a record; 0 where all is as the rules say
public record Swap(long messages, int passes, long remaining) {}
