/// Counting: what a message contributes to its campaign's counters and to the heatmap, as a
/// function of the facts known of it, so that the order in which events arrive changes nothing.
@NullMarked
package io.aftersend.processor.count;

import org.jspecify.annotations.NullMarked;
