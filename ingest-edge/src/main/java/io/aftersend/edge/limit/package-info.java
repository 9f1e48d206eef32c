/// What one client may take: connections per address, requests per key.
@NullMarked
package io.aftersend.edge.limit;

import org.jspecify.annotations.NullMarked;
