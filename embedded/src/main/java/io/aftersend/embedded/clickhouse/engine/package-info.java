/// The binding to the engine's native library; used inside the child process only.
@NullMarked
package io.aftersend.embedded.clickhouse.engine;

import org.jspecify.annotations.NullMarked;
