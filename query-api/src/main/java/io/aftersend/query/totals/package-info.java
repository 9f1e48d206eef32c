/// All campaigns of a tenant added up.
@NullMarked
package io.aftersend.query.totals;

import org.jspecify.annotations.NullMarked;
