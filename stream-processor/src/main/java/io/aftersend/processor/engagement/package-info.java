/// Recipients: what each of them did with all mail, as it is judged in the end.
@NullMarked
package io.aftersend.processor.engagement;

import org.jspecify.annotations.NullMarked;
