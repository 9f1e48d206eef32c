/// The routes below `/api/v1/webhooks`.
@NullMarked
package io.aftersend.query.webhook;

import org.jspecify.annotations.NullMarked;
