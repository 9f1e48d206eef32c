/// Clients that mean harm: what they send, and what the edge must make of it.
@NullMarked
package io.aftersend.edge.hostile;

import org.jspecify.annotations.NullMarked;
