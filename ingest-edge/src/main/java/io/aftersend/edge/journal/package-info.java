/// The edge's journal: events on local disk before anybody is answered.
@NullMarked
package io.aftersend.edge.journal;

import org.jspecify.annotations.NullMarked;
