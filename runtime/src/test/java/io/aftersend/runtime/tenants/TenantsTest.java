package io.aftersend.runtime.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftersend.runtime.lifecycle.StartupException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {
  private final Tenants tenants = Examples.two();

  @Test
  void findsAKeyByItsText() {
    ApiKeys.Drawn drawn = Examples.drawn(1);
    ApiKey key = tenants.apiKey(drawn.text());

    assertThat(key).isEqualTo(new ApiKey("acme", drawn.id(), Set.of(Scope.INGEST, Scope.READ)));
    assertThat(tenants.apiKey(drawn.text() + "x")).isNull();
    assertThat(tenants.apiKey(drawn.hash())).isNull();
    assertThat(tenants.apiKey("")).isNull();
  }

  @Test
  void allowsOnlyTheScopesOfAKey() {
    ApiKey key = new ApiKey("acme", "AAAAAAAA", Set.of(Scope.ADMIN));

    assertThat(key.allows(Scope.ADMIN)).isTrue();
    assertThat(key.allows(Scope.READ)).isFalse();
  }

  @Test
  void findsTenantsByIdAndKeepsTheirOrder() {
    assertThat(tenants.tenant("empty")).isEqualTo(Examples.tenant("empty"));
    assertThat(tenants.tenant("nobody")).isNull();
    assertThat(tenants.tenants()).extracting(Tenant::id).containsExactly("acme", "empty");
  }

  @Test
  void replacesATenantInItsPlace() {
    Tenant longer = new Tenant("acme", "UTC", 500, Examples.CREATED, List.of(), List.of());

    assertThat(tenants.withTenant(longer).tenants())
        .containsExactly(longer, Examples.tenant("empty"));
    assertThat(tenants.tenant("acme")).as("the old snapshot").isNotEqualTo(longer);
  }

  @Test
  void revokedKeyIsFoundNoMore() {
    ApiKeys.Drawn drawn = Examples.drawn(1);

    assertThat(tenants.withoutApiKey("acme", drawn.id()).apiKey(drawn.text())).isNull();
  }

  @Test
  void firstSigningKeyIsActiveInAnyCase() {
    Tenants changed =
        tenants.withSigningKey("empty", Examples.signingKey("BBBBBBB1", false), false);

    assertThat(tenant(changed, "empty").activeSigningKey())
        .isEqualTo(Examples.signingKey("BBBBBBB1", true));
  }

  @Test
  void newSigningKeyBecomesActiveOnlyWhenAsked() {
    assertThat(activeKey(tenants, "acme")).isEqualTo("AAAAAAA2");
    assertThat(tenant(tenants, "acme").signingKeys())
        .containsExactly(
            Examples.signingKey("AAAAAAA1", false), Examples.signingKey("AAAAAAA2", true));

    Tenants changed = tenants.withSigningKey("acme", Examples.signingKey("AAAAAAA3", true), false);
    assertThat(activeKey(changed, "acme")).isEqualTo("AAAAAAA2");
  }

  @Test
  void editingNamesTheTenantOrKeyThatIsNotThere() {
    ApiKeyEntry entry = Examples.drawn(2).entry(Set.of(Scope.READ), Examples.CREATED);

    assertThatThrownBy(() -> tenants.withApiKey("nobody", entry))
        .isInstanceOf(StartupException.class)
        .hasMessage("there is no tenant \"nobody\": see `aftersend tenant list`");
    assertThatThrownBy(() -> tenants.withoutApiKey("empty", "AAAAAAAA"))
        .isInstanceOf(StartupException.class)
        .hasMessage("tenant \"empty\" has no API key \"AAAAAAAA\": see `aftersend key list`");
  }

  @Test
  void refusesWhatMustStandOnlyOnce() {
    ApiKeyEntry sameKey = Examples.drawn(1).entry(Set.of(Scope.READ), Examples.CREATED);
    SigningKeyEntry sameSigningKey = Examples.signingKey("AAAAAAA1", true);

    assertThatThrownBy(() -> tenants.withApiKey("empty", sameKey))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("$.tenants[1].api_keys[0].id: expected a value that stands only");
    assertThatThrownBy(() -> tenants.withSigningKey("empty", sameSigningKey, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("$.tenants[1].signing_keys[0].id: expected a value that");
    List<Tenant> twice = List.of(Examples.tenant("a"), Examples.tenant("a"));
    assertThatThrownBy(() -> Tenants.of(Examples.MASTER, twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "$.tenants[1].id: expected a value that stands only once, got \"a\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a/b", "ä", "a\n"})
  void refusesIdsWithOtherCharacters(String id) {
    assertThatThrownBy(() -> Examples.tenant(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("expected 1 to 64 characters of A-Z a-z 0-9 . _ ~ -");
  }

  @Test
  void takesIdsUpTo64Characters() {
    assertThat(Examples.tenant("A.z_0~-".repeat(9) + "x").id()).hasSize(64);
    assertThatThrownBy(() -> Examples.tenant("x".repeat(65)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesAMasterOfAnotherLength() {
    Secret shortOne = Secret.draw(new Random(1), 31);

    assertThatThrownBy(() -> Tenants.of(shortOne, List.of()))
        .hasMessage("expected 32 bytes, got 31");
  }

  @Test
  void printsNoSecret() {
    assertThat(tenant(tenants, "acme").toString() + tenants + tenants.master())
        .contains("secret=***")
        .doesNotContain(Examples.MASTER.base64())
        .doesNotContain(Examples.signingKey("AAAAAAA1", true).secret().base64());
  }

  @Test
  void secretKeepsItsOwnBytes() {
    byte[] bytes = {1, 2, 3};
    Secret secret = Secret.of(bytes);
    bytes[0] = 9;
    secret.bytes()[1] = 9;

    assertThat(secret.bytes()).containsExactly(1, 2, 3);
    assertThat(secret).isEqualTo(Secret.of(new byte[] {1, 2, 3})).hasSameHashCodeAs(secret);
    assertThat(secret).isNotEqualTo(Secret.of(new byte[] {1, 2, 4}));
  }

  private static Tenant tenant(Tenants tenants, String id) {
    return tenants.tenants().stream().filter(t -> t.id().equals(id)).findFirst().orElseThrow();
  }

  private static String activeKey(Tenants tenants, String tenant) {
    return tenant(tenants, tenant).signingKeys().stream()
        .filter(SigningKeyEntry::active)
        .map(SigningKeyEntry::id)
        .reduce("", String::concat);
  }
}
