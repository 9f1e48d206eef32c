@NullMarked
package io.aftersend.processor;

import org.jspecify.annotations.NullMarked;
