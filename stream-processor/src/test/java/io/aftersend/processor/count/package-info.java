@NullMarked
package io.aftersend.processor.count;

import org.jspecify.annotations.NullMarked;
