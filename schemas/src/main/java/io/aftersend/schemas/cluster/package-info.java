/// The Kafka cluster that all clients of a service talk to.
@NullMarked
package io.aftersend.schemas.cluster;

import org.jspecify.annotations.NullMarked;
