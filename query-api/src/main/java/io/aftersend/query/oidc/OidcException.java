package io.aftersend.query.oidc;

import org.jspecify.annotations.Nullable;

/// A sign-in that failed at or because of the provider; the message is for the operator's log.
final class OidcException extends Exception {
  OidcException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
