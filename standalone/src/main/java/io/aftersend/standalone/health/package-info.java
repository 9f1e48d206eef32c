/// The question whether a service is ready, as a program of its own.
@NullMarked
package io.aftersend.standalone.health;

import org.jspecify.annotations.NullMarked;
