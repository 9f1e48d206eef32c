/// The delivery of events and signals to webhooks: in order per message, at least once, with the
/// same id at every attempt.
@NullMarked
package io.aftersend.query.webhook.delivery;

import org.jspecify.annotations.NullMarked;
