@NullMarked
package io.aftersend.runtime.admin;

import org.jspecify.annotations.NullMarked;
