/// Netty with little on top, to show what a transport and a codec cost.
@NullMarked
package io.aftersend.bench.bare;

import org.jspecify.annotations.NullMarked;
