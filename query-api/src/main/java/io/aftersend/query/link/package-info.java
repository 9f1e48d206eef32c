/// Signing of tracked URLs.
@NullMarked
package io.aftersend.query.link;

import org.jspecify.annotations.NullMarked;
