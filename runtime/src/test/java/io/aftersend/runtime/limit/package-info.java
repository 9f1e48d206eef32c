@NullMarked
package io.aftersend.runtime.limit;

import org.jspecify.annotations.NullMarked;
