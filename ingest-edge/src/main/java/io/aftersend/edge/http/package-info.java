/// HTTP/1.1 on Netty: strict parsing, limits, deadlines, answers in order.
@NullMarked
package io.aftersend.edge.http;

import org.jspecify.annotations.NullMarked;
