/// Tenants, their API keys and signing keys: the file that every service reads.
@NullMarked
package io.aftersend.runtime.tenants;

import org.jspecify.annotations.NullMarked;
