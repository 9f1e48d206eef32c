/// The way of events from the edge's memory to Kafka.
@NullMarked
package io.aftersend.edge.publish;

import org.jspecify.annotations.NullMarked;
