/// Campaigns: their numbers and what the sender says of them.
@NullMarked
package io.aftersend.query.campaign;

import org.jspecify.annotations.NullMarked;
