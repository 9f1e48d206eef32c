/// The demo: a realistic campaign with known numbers, played through the public HTTP endpoints.
@NullMarked
package io.aftersend.standalone.demo;

import org.jspecify.annotations.NullMarked;
