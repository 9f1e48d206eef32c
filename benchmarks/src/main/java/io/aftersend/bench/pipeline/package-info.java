/// How fast events are counted, and what that takes: a real broker, a real ClickHouse and the real
/// processor under the load of an email service provider.
@NullMarked
package io.aftersend.bench.pipeline;

import org.jspecify.annotations.NullMarked;
