/// Errors as problem details (RFC 9457).
@NullMarked
package io.aftersend.query.problem;

import org.jspecify.annotations.NullMarked;
