/// Signals: what a sender wants to know as it happens, raised once for each subject and day.
@NullMarked
package io.aftersend.processor.signal;

import org.jspecify.annotations.NullMarked;
