/// Mailing lists: who came and who left, counted per list and quarter of an hour.
@NullMarked
package io.aftersend.processor.list;

import org.jspecify.annotations.NullMarked;
