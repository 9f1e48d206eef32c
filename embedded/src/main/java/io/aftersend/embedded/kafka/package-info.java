/// A real Kafka broker that lives in this JVM.
@NullMarked
package io.aftersend.embedded.kafka;

import org.jspecify.annotations.NullMarked;
