/// Where deliveries may go, and how one gets there: addresses are checked, and exactly the checked
/// ones are connected to.
@NullMarked
package io.aftersend.query.webhook.receiver;

import org.jspecify.annotations.NullMarked;
