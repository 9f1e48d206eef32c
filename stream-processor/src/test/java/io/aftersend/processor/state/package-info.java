@NullMarked
package io.aftersend.processor.state;

import org.jspecify.annotations.NullMarked;
