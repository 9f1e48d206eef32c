/// Sign-in of people: sessions in a cookie, as an alternative to an API key.
@NullMarked
package io.aftersend.query.session;

import org.jspecify.annotations.NullMarked;
