/// The way of events from the journal to Kafka.
@NullMarked
package io.aftersend.edge.forward;

import org.jspecify.annotations.NullMarked;
