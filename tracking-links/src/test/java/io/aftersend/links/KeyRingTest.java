package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

final class KeyRingTest {
  private static final LinkClaims CLAIMS = LinkClaims.forTenant("acme").message("m1").build();

  private final SigningKey first = SigningKey.derive(Keys.MASTER, "acme", "AAAAAAAA");
  private final SigningKey second = SigningKey.derive(Keys.MASTER, "acme", "AAAAAAAB");
  private final SigningKey foreign = SigningKey.derive(Keys.MASTER, "globex", "AAAAAAAC");
  private final AtomicReference<KeyRing> ring = new AtomicReference<>(KeyRing.empty());
  private final TokenSigner signer = new TokenSigner(ring::get);
  private final TokenVerifier verifier = new TokenVerifier(ring::get);

  @Test
  void findsEveryKeyAndNoOther() {
    Random random = new Random(11);
    byte[] secret = new byte[16];
    for (int size = 0; size < 200; size++) {
      Map<Long, SigningKey> oracle = new HashMap<>();
      KeyRing.Builder builder = KeyRing.builder();
      while (oracle.size() < size) {
        SigningKey key = SigningKey.of("acme", SigningKey.randomId(random), secret);
        if (oracle.putIfAbsent(key.idBits(), key) == null) {
          builder.add(key);
        }
      }
      KeyRing built = builder.build();
      oracle.forEach((id, key) -> assertThat(built.find(id)).isSameAs(key));
      for (int i = 0; i < 50; i++) {
        long id = random.nextLong() >>> 16;
        assertThat(built.find(id)).isSameAs(oracle.get(id));
      }
    }
  }

  @Test
  void verifiesOldTokensAfterRotationAndSignsWithTheNewKey() {
    ring.set(KeyRing.builder().addActive(first).build());
    String old = signer.sign(Endpoint.OPEN, CLAIMS);

    ring.set(KeyRing.builder().add(first).addActive(second).build());
    String fresh = signer.sign(Endpoint.OPEN, CLAIMS);

    assertThat(verifier.verify(old, Endpoint.OPEN)).isEqualTo(TokenStatus.VALID);
    assertThat(verifier.keyId()).isEqualTo(first.id());
    assertThat(verifier.verify(fresh, Endpoint.OPEN)).isEqualTo(TokenStatus.VALID);
    assertThat(verifier.keyId()).isEqualTo(second.id());
  }

  @Test
  void refusesTokensOfRevokedKeyAtOnce() {
    ring.set(KeyRing.builder().addActive(first).build());
    String token = signer.sign(Endpoint.OPEN, CLAIMS);
    assertThat(verifier.verify(token, Endpoint.OPEN)).isEqualTo(TokenStatus.VALID);

    ring.set(KeyRing.builder().addActive(second).build());
    assertThat(verifier.verify(token, Endpoint.OPEN)).isEqualTo(TokenStatus.UNKNOWN_KEY);
  }

  @Test
  void doesNotSignForTenantWithoutActiveKey() {
    ring.set(KeyRing.builder().add(first).addActive(foreign).build());

    assertThatThrownBy(() -> signer.sign(Endpoint.OPEN, CLAIMS))
        .isInstanceOf(RefusedLinkException.class)
        .hasMessage("tenant: expected a tenant with an active signing key, got \"acme\"");
  }

  @Test
  void signsForEachTenantWithItsOwnKey() {
    ring.set(KeyRing.builder().addActive(first).addActive(foreign).build());

    LinkClaims claims = LinkClaims.forTenant("globex").build();
    assertThat(verifier.verify(signer.sign(Endpoint.OPEN, claims), Endpoint.OPEN))
        .isEqualTo(TokenStatus.VALID);
    assertThat(verifier.keyId()).isEqualTo(foreign.id());
    assertThat(verifier.tenant()).isEqualTo("globex");
  }

  @Test
  void refusesTwoKeysOfOneIdAndTwoActiveKeysOfOneTenant() {
    SigningKey twin = SigningKey.derive(Keys.MASTER, "globex", "AAAAAAAA");
    assertThatThrownBy(() -> KeyRing.builder().add(first).add(twin).build())
        .hasMessage(
            "key id AAAAAAAA: expected one key of this id over all tenants, got one for tenant acme"
                + " and one for tenant globex");
    assertThatThrownBy(() -> KeyRing.builder().addActive(first).addActive(second))
        .hasMessage("tenant acme: expected one active key, got AAAAAAAA and AAAAAAAB");
  }
}
