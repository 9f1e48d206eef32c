/// Where events go once they are taken in, and how an answer waits until they are durable.
@NullMarked
package io.aftersend.edge.append;

import org.jspecify.annotations.NullMarked;
