/// The ClickHouse engine on this machine: where its library comes from, its process, and the
/// supervisor.
@NullMarked
package io.aftersend.embedded.clickhouse;

import org.jspecify.annotations.NullMarked;
