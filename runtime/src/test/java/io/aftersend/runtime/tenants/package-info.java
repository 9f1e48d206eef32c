@NullMarked
package io.aftersend.runtime.tenants;

import org.jspecify.annotations.NullMarked;
