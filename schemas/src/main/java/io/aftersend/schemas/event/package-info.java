/// E-mail events: their types, and the key that brings all of a message together.
@NullMarked
package io.aftersend.schemas.event;

import org.jspecify.annotations.NullMarked;
