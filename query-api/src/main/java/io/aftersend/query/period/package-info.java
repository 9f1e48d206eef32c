/// The periods that requests ask about.
@NullMarked
package io.aftersend.query.period;

import org.jspecify.annotations.NullMarked;
