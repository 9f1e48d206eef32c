/// The program `aftersend`: its start, its arguments, its errors.
@NullMarked
package io.aftersend.standalone;

import org.jspecify.annotations.NullMarked;
