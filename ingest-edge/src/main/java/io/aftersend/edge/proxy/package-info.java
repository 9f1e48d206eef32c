/// Who a request comes from when something stands in front: trusted peers, the PROXY protocol, and
/// forwarded headers.
@NullMarked
package io.aftersend.edge.proxy;

import org.jspecify.annotations.NullMarked;
