/// Stores of the topology: what they remember for how long, and the memory that they may take.
@NullMarked
package io.aftersend.processor.state;

import org.jspecify.annotations.NullMarked;
