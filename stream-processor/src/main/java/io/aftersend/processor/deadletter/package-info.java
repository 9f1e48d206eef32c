/// Records that could not be used, kept with the reason.
@NullMarked
package io.aftersend.processor.deadletter;

import org.jspecify.annotations.NullMarked;
