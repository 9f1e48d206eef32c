/// Conversions, by what they were attributed to.
@NullMarked
package io.aftersend.query.conversion;

import org.jspecify.annotations.NullMarked;
