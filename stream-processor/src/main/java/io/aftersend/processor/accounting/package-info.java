/// Accounting: what became of every sequence of a lane that the edge brought to Kafka. Each is in
/// exactly one of stored, repeats and dropped; a record that comes again is in none of them.
@NullMarked
package io.aftersend.processor.accounting;

import org.jspecify.annotations.NullMarked;
