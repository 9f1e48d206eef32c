/// TLS by configuration: certificates per name, reloaded while serving.
@NullMarked
package io.aftersend.edge.tls;

import org.jspecify.annotations.NullMarked;
