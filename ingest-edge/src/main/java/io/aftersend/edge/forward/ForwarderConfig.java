package io.aftersend.edge.forward;

import java.time.Duration;

/// How events leave the journal.
///
/// @param isPaused whether they stay in it for now
/// @param accountingInterval time between two accounts of a lane
public record ForwarderConfig(boolean isPaused, Duration accountingInterval) {}
