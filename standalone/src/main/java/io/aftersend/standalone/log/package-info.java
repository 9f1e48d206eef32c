/// Where the program's log goes.
@NullMarked
package io.aftersend.standalone.log;

import org.jspecify.annotations.NullMarked;
