/// The first stage: bytes from the topic become judged events, or dead letters with a reason.
@NullMarked
package io.aftersend.processor.intake;

import org.jspecify.annotations.NullMarked;
