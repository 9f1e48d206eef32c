package io.aftersend.processor;

import io.aftersend.processor.signal.RateLimits;
import io.aftersend.processor.verdict.RuleTable;
import java.time.Duration;

/// What the topology itself depends on.
///
/// @param repeatHorizon how long event ids and orders are remembered at least
/// @param idsPerMessage most event ids of one message that are remembered
/// @param factsKept how long the facts of a message are kept at least after its last event
/// @param flushInterval for how long what became of a lane is added up before it is told
/// @param hindsight how long hits can be judged again after they arrived
/// @param attributionWindow how long before a conversion the click may lie that it belongs to
/// @param rateLimits from which rates on a signal is raised
/// @param rules by which events are judged
record TopologySettings(
    Duration repeatHorizon,
    int idsPerMessage,
    Duration factsKept,
    Duration flushInterval,
    Duration hindsight,
    Duration attributionWindow,
    RateLimits rateLimits,
    RuleTable rules) {}
