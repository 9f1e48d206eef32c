/// Tenants and keys as an operator changes them.
@NullMarked
package io.aftersend.standalone.tenant;

import org.jspecify.annotations.NullMarked;
