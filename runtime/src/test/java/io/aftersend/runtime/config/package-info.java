@NullMarked
package io.aftersend.runtime.config;

import org.jspecify.annotations.NullMarked;
