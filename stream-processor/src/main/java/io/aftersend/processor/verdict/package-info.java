/// Who made a hit: a person, a mail proxy or a machine, by an ordered table of rules.
@NullMarked
package io.aftersend.processor.verdict;

import org.jspecify.annotations.NullMarked;
