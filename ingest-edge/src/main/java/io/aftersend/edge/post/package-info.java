/// Events that senders post as JSON.
@NullMarked
package io.aftersend.edge.post;

import org.jspecify.annotations.NullMarked;
