/// The accounting of loss, read back: what became of every sequence of each lane.
@NullMarked
package io.aftersend.query.accounting;

import org.jspecify.annotations.NullMarked;
