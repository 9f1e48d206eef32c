/// The life of a service: its states, its health, its end, and errors that a user can mend.
@NullMarked
package io.aftersend.runtime.lifecycle;

import org.jspecify.annotations.NullMarked;
