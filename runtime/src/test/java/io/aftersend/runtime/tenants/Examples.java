package io.aftersend.runtime.tenants;

import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Tenants and keys that the tests of this package share.
final class Examples {
  static final Instant CREATED = Instant.parse("2026-05-01T12:00:00Z");
  static final Secret MASTER = Secret.draw(new Random(1), 32);

  private Examples() {}

  static Tenant tenant(String id) {
    return new Tenant(id, "Asia/Tehran", 400, CREATED, List.of(), List.of());
  }

  static SigningKeyEntry signingKey(String id, boolean isActive) {
    return new SigningKeyEntry(id, Secret.draw(new Random(id.hashCode()), 32), isActive, CREATED);
  }

  static ApiKeys.Drawn drawn(int seed) {
    return ApiKeys.draw(new Random(seed));
  }

  /// Two tenants: `acme` with two signing keys and one API key, `empty` with none.
  static Tenants two() {
    return Tenants.of(MASTER, List.of(tenant("acme"), tenant("empty")))
        .withSigningKey("acme", signingKey("AAAAAAA1", true), true)
        .withSigningKey("acme", signingKey("AAAAAAA2", true), true)
        .withApiKey("acme", drawn(1).entry(Set.of(Scope.READ, Scope.INGEST), CREATED));
  }
}
