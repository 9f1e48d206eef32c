/// The commands of the command line, one class each.
@NullMarked
package io.aftersend.standalone.command;

import org.jspecify.annotations.NullMarked;
