package io.aftersend.runtime.tenants;

import java.util.Set;

/// A presented API key that was found: whose it is and what it may be used for.
///
/// @param tenant the tenant's id
/// @param id the key's public id, fit for logs
/// @param scopes what it may be used for
public record ApiKey(String tenant, String id, Set<Scope> scopes) {
  public ApiKey {
    scopes = Set.copyOf(scopes);
  }

  /// Whether it may be used for `scope`.
  public boolean allows(Scope scope) {
    return scopes.contains(scope);
  }
}
