/// The edge: the public HTTP port that answers pixels, clicks, unsubscribes and posted events.
@NullMarked
package io.aftersend.edge;

import org.jspecify.annotations.NullMarked;
