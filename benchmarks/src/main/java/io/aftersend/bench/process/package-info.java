/// Processes of a benchmark's own: our programs and others, started, read and ended.
@NullMarked
package io.aftersend.bench.process;

import org.jspecify.annotations.NullMarked;
