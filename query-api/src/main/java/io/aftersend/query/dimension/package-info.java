/// The counts of a campaign by one dimension at a time.
@NullMarked
package io.aftersend.query.dimension;

import org.jspecify.annotations.NullMarked;
