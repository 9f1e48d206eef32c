/// Requests, routes and answers, free of any HTTP library but for the one class that adapts it.
@NullMarked
package io.aftersend.query.http;

import org.jspecify.annotations.NullMarked;
