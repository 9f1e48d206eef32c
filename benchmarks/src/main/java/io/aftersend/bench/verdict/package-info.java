/// How well the rules of judging tell people from machines, on labelled cases with their sources.
@NullMarked
package io.aftersend.bench.verdict;

import org.jspecify.annotations.NullMarked;
