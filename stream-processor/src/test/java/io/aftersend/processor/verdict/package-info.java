@NullMarked
package io.aftersend.processor.verdict;

import org.jspecify.annotations.NullMarked;
