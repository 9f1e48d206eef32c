/// Mailing lists: their growth and what the sender says of them.
@NullMarked
package io.aftersend.query.list;

import org.jspecify.annotations.NullMarked;
