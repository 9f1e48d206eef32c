@NullMarked
package io.aftersend.processor.attribution;

import org.jspecify.annotations.NullMarked;
