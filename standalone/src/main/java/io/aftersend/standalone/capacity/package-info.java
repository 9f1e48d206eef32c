/// How many machines a number of mails needs: measured costs, and formulas over them.
@NullMarked
package io.aftersend.standalone.capacity;

import org.jspecify.annotations.NullMarked;
