/// The benchmarks as commands.
@NullMarked
package io.aftersend.bench.command;

import org.jspecify.annotations.NullMarked;
