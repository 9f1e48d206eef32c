package io.aftersend.processor.count;

/// How an event stands to what is remembered of its message.
///
/// @param isChecked whether its repeats will be known as such
/// @param isLate whether it tells that earlier facts of its message may have been forgotten
record Standing(boolean isChecked, boolean isLate) {}
