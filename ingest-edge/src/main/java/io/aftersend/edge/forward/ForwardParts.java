package io.aftersend.edge.forward;

import java.time.InstantSource;

/// What all lanes share on their way to Kafka.
///
/// @param topic of the events
/// @param dead where those go that Kafka will never take
record ForwardParts(String topic, DeadLetterBox dead, UnderWay underWay, InstantSource clock) {}
