/// ClickHouse's HTTP interface in front of the engine.
@NullMarked
package io.aftersend.embedded.clickhouse.front;

import org.jspecify.annotations.NullMarked;
