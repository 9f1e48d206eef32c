/// How soon a hit at the edge is a number that can be read.
@NullMarked
package io.aftersend.bench.freshness;

import org.jspecify.annotations.NullMarked;
