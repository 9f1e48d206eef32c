/// Requests at a chosen rate, from a process of its own.
@NullMarked
package io.aftersend.bench.generator;

import org.jspecify.annotations.NullMarked;
