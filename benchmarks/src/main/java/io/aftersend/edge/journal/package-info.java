/// The journal as benchmarks drive it.
@NullMarked
package io.aftersend.edge.journal;

import org.jspecify.annotations.NullMarked;
