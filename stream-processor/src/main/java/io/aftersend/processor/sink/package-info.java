/// The way into ClickHouse: rows that may be written again without harm, inserted first and
/// committed to Kafka then.
@NullMarked
package io.aftersend.processor.sink;

import org.jspecify.annotations.NullMarked;
