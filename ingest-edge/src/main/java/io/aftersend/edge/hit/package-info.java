/// Hits of recipients: pixels, redirects, unsubscribes.
@NullMarked
package io.aftersend.edge.hit;

import org.jspecify.annotations.NullMarked;
