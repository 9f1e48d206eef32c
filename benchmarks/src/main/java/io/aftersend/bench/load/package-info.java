/// A server under load beside another: processes, CPU time, interleaved runs, ratios.
@NullMarked
package io.aftersend.bench.load;

import org.jspecify.annotations.NullMarked;
