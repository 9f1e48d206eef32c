/// What commands get from the outside, and how they show progress.
@NullMarked
package io.aftersend.standalone.console;

import org.jspecify.annotations.NullMarked;
