/// How the tools reach a running Aftersend: addresses, tenant and key, and the API's HTTP.
@NullMarked
package io.aftersend.standalone.access;

import org.jspecify.annotations.NullMarked;
