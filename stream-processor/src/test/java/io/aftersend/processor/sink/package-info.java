@NullMarked
package io.aftersend.processor.sink;

import org.jspecify.annotations.NullMarked;
