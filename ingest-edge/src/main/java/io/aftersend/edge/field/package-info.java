/// Rules for the values of event fields that hits and posts share, and quick looks at bytes.
@NullMarked
package io.aftersend.edge.field;

import org.jspecify.annotations.NullMarked;
