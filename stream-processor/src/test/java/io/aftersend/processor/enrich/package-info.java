@NullMarked
package io.aftersend.processor.enrich;

import org.jspecify.annotations.NullMarked;
