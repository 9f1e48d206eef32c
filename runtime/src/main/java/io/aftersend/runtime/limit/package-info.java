/// How much of a service one client may take.
@NullMarked
package io.aftersend.runtime.limit;

import org.jspecify.annotations.NullMarked;
