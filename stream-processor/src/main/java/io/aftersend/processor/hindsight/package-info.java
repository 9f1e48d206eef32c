/// Judging again: what is remembered of a message's hits, and which of them a later event shows in
/// another light.
@NullMarked
package io.aftersend.processor.hindsight;

import org.jspecify.annotations.NullMarked;
