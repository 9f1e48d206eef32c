/// What the edge counts.
@NullMarked
package io.aftersend.edge.metrics;

import org.jspecify.annotations.NullMarked;
