/// The endpoint for operators: health and metrics over HTTP.
@NullMarked
package io.aftersend.runtime.admin;

import org.jspecify.annotations.NullMarked;
