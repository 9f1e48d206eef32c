/// How fast ClickHouse and the API answer what analysts ask.
@NullMarked
package io.aftersend.bench.queries;

import org.jspecify.annotations.NullMarked;
