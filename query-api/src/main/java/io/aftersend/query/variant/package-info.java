/// The arms of an A/B test beside each other.
@NullMarked
package io.aftersend.query.variant;

import org.jspecify.annotations.NullMarked;
