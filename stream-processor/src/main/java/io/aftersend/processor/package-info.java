/// The stream processor: judges events, counts them exactly once, and brings the results into
/// ClickHouse.
@NullMarked
package io.aftersend.processor;

import org.jspecify.annotations.NullMarked;
