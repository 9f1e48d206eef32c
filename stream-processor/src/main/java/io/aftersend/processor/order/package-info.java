/// Orders: the same order counts once, whichever messages its conversions name.
@NullMarked
package io.aftersend.processor.order;

import org.jspecify.annotations.NullMarked;
