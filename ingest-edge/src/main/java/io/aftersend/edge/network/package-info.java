/// Client addresses: their networks and what is kept of them.
@NullMarked
package io.aftersend.edge.network;

import org.jspecify.annotations.NullMarked;
