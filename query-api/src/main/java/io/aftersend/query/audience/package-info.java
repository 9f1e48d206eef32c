/// Who a campaign was sent to, and what became of each mail.
@NullMarked
package io.aftersend.query.audience;

import org.jspecify.annotations.NullMarked;
