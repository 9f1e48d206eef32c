package io.aftersend.processor;

import java.time.Duration;

/// What the topology itself depends on.
///
/// @param repeatHorizon how long event ids and orders are remembered at least
/// @param flushInterval for how long deltas are added up before they are passed on
/// @param attributionWindow how long before a conversion the click may lie that it belongs to
record TopologySettings(
    Duration repeatHorizon, Duration flushInterval, Duration attributionWindow) {}
