/// What is worth telling at once.
@NullMarked
package io.aftersend.schemas.signal;

import org.jspecify.annotations.NullMarked;
