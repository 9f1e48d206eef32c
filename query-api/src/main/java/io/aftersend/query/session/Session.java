package io.aftersend.query.session;

import io.aftersend.runtime.tenants.Scope;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A person who signed in: whose numbers they see, and until when.
///
/// @param id drawn at sign-in, so that signing out ends this session alone
/// @param keyId id of the API key that was presented, whose scopes and life the session shares;
///   null where an identity provider vouched for the person
/// @param name what the dashboard calls the person
/// @param scopes what was allowed at sign-in; of a key's session the key's present scopes count
public record Session(
    String id,
    String tenant,
    @Nullable String keyId,
    String name,
    Set<Scope> scopes,
    Instant expires) {
  public Session {
    scopes = Set.copyOf(scopes);
  }
}
