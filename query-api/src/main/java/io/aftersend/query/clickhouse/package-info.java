/// The API's way to ClickHouse.
@NullMarked
package io.aftersend.query.clickhouse;

import org.jspecify.annotations.NullMarked;
