/// The accounting of loss: what became of every sequence of a lane, said by each stage of the way.
@NullMarked
package io.aftersend.schemas.accounting;

import org.jspecify.annotations.NullMarked;
