/// Sign-in by an OpenID Connect provider: authorization code with PKCE.
@NullMarked
package io.aftersend.query.oidc;

import org.jspecify.annotations.NullMarked;
