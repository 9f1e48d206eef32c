/// What single steps of the edge cost, by JMH.
@NullMarked
package io.aftersend.bench.micro;

import org.jspecify.annotations.NullMarked;
