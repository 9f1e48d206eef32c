/// Everything on one machine: Kafka, ClickHouse, edge, processor and API, started and stopped in
/// order.
@NullMarked
package io.aftersend.standalone.stack;

import org.jspecify.annotations.NullMarked;
