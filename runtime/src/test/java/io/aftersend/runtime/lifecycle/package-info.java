@NullMarked
package io.aftersend.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
