/// Brings topics and tables to the state that this version needs.
@NullMarked
package io.aftersend.schemas.migrate;

import org.jspecify.annotations.NullMarked;
