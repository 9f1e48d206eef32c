/// End to end, faults, and the rules that hold the architecture.
@NullMarked
package io.aftersend.it;

import org.jspecify.annotations.NullMarked;
