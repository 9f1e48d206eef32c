/// Mailboxes, recipients and signals as tables.
@NullMarked
package io.aftersend.query.people;

import org.jspecify.annotations.NullMarked;
