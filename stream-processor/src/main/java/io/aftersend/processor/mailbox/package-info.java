/// Mailboxes of a team: what was sent and received, and how long mail waited for its answer.
@NullMarked
package io.aftersend.processor.mailbox;

import org.jspecify.annotations.NullMarked;
