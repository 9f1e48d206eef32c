/// What watching files needs.
@NullMarked
package io.aftersend.runtime.watch;

import org.jspecify.annotations.NullMarked;
