/// The loss accounting on the command line: waiting until the numbers stand, and telling them.
@NullMarked
package io.aftersend.standalone.accounting;

import org.jspecify.annotations.NullMarked;
