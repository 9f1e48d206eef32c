/// What analysts read from ClickHouse, against the real engine and rows whose numbers are known.
@NullMarked
package io.aftersend.it.analysts;

import org.jspecify.annotations.NullMarked;
