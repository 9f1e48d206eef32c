@NullMarked
package io.aftersend.standalone.accounting;

import org.jspecify.annotations.NullMarked;
