package io.aftersend.edge;

import io.aftersend.links.Endpoint;
import io.aftersend.links.KeyRing;
import io.aftersend.links.LinkClaims;
import io.aftersend.links.SigningKey;
import io.aftersend.links.TokenSigner;
import io.aftersend.runtime.tenants.ApiKeys;
import io.aftersend.runtime.tenants.Scope;
import io.aftersend.runtime.tenants.Secret;
import io.aftersend.runtime.tenants.SigningKeyEntry;
import io.aftersend.runtime.tenants.Tenant;
import io.aftersend.runtime.tenants.Tenants;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// Tenants with keys of all scopes, and a signer of their tokens.
public final class TestTenants {
  private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

  public final ApiKeys.Drawn ingestKey;
  public final ApiKeys.Drawn readKey;
  public final Tenants tenants;
  private final TokenSigner signer;

  public TestTenants(long seed) {
    Random random = new Random(seed);
    ingestKey = ApiKeys.draw(random);
    readKey = ApiKeys.draw(random);
    Secret secret = Secret.draw(random, 32);
    SigningKeyEntry entry = new SigningKeyEntry(SigningKey.randomId(random), secret, true, CREATED);
    Tenant acme =
        new Tenant(
            "acme",
            "Asia/Tehran",
            400,
            CREATED,
            List.of(entry),
            List.of(
                ingestKey.entry(Set.of(Scope.INGEST), CREATED),
                readKey.entry(Set.of(Scope.READ, Scope.ADMIN), CREATED)));
    tenants = Tenants.of(Secret.draw(random, 32), List.of(acme));
    KeyRing ring =
        KeyRing.builder().addActive(SigningKey.of("acme", entry.id(), secret.bytes())).build();
    signer = new TokenSigner(() -> ring);
  }

  /// Claims with every id set.
  public static LinkClaims.Builder claims() {
    return LinkClaims.forTenant("acme")
        .campaign("c1")
        .message("m1")
        .recipient("r1")
        .list("l1")
        .link("button")
        .targetUrl("https://shop.example/a?b=1&c=%20#top")
        .variant("A")
        .account("firm")
        .trackedLinks(3)
        .fileName("Prices.pdf")
        .channel("web")
        .issuedAtSeconds(1_790_000_000L);
  }

  public String token(Endpoint endpoint) {
    return token(endpoint, claims().build());
  }

  public String token(Endpoint endpoint, LinkClaims claims) {
    return signer.sign(endpoint, claims);
  }
}
