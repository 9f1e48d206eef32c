/// Configuration: every key of every service, how values are read, and what is said when they are
/// wrong.
@NullMarked
package io.aftersend.runtime.config;

import org.jspecify.annotations.NullMarked;
