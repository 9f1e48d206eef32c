/// What `./aftersend bench` runs.
@NullMarked
package io.aftersend.bench;

import org.jspecify.annotations.NullMarked;
