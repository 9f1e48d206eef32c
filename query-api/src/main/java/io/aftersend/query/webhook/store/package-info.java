/// Webhooks, how far their deliveries have come, and those that were given up: kept in compacted
/// topics, read whole into memory at start and followed.
@NullMarked
package io.aftersend.query.webhook.store;

import org.jspecify.annotations.NullMarked;
