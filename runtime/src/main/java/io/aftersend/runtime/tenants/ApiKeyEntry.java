package io.aftersend.runtime.tenants;

import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// An API key as it stands in the tenants file: without its text, which only its owner has.
///
/// @param id 8 base64url characters that name it in lists and logs, its own among all tenants
/// @param hash SHA-256 of the whole text, as 64 lower-case hexadecimal digits
/// @param scopes what it may be used for, at least one
/// @param created when it was made
public record ApiKeyEntry(String id, String hash, Set<Scope> scopes, Instant created) {
  public ApiKeyEntry {
    Rules.keyId(id);
    Rules.keyHash(hash);
    if (scopes.isEmpty()) {
      throw new IllegalArgumentException("expected at least one scope, got none");
    }
    scopes = Collections.unmodifiableSet(EnumSet.copyOf(scopes));
  }
}
