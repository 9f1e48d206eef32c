/// A Kafka broker in this JVM and the ClickHouse engine in a child process.
@NullMarked
package io.aftersend.embedded;

import org.jspecify.annotations.NullMarked;
