/// The Kafka topics with their serdes.
@NullMarked
package io.aftersend.schemas.topic;

import org.jspecify.annotations.NullMarked;
