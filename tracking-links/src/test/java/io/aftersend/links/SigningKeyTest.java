package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SigningKeyTest {
  private static final byte[] SECRET = Keys.ascii("0123456789abcdefSECRET");

  @Test
  void derivesAnotherSecretForEachMasterTenantAndId() {
    byte[] otherMaster = Keys.ascii("another master secret of good length");

    assertThat(
            List.of(
                SigningKey.derive(Keys.MASTER, "acme", "AAECAwQF"),
                SigningKey.derive(Keys.MASTER, "acme", "AAECAwQG"),
                SigningKey.derive(Keys.MASTER, "acne", "AAECAwQF"),
                SigningKey.derive(otherMaster, "acme", "AAECAwQF")))
        .extracting(key -> HexFormat.of().formatHex(key.copyOfSecret()))
        .allMatch(secret -> secret.length() == 64)
        .doesNotHaveDuplicates();
  }

  @Test
  void keepsTheSecretOutOfItsText() {
    SigningKey key = SigningKey.of("acme", "AAECAwQF", SECRET);

    assertThat(key).hasToString("SigningKey[id=AAECAwQF, tenant=acme]");
    assertThat(KeyRing.builder().add(key).build().toString())
        .doesNotContain(new String(SECRET, StandardCharsets.US_ASCII))
        .doesNotContain(HexFormat.of().formatHex(SECRET))
        .doesNotContain(Base64.getUrlEncoder().encodeToString(SECRET));
  }

  @Test
  void isNotChangedThroughArraysOfItsCaller() {
    byte[] secret = SECRET.clone();
    SigningKey key = SigningKey.of("acme", "AAECAwQF", secret);
    Arrays.fill(secret, (byte) 0);
    Arrays.fill(key.copyOfSecret(), (byte) 0);

    assertThat(key.copyOfSecret()).isEqualTo(SECRET);
  }

  @Test
  void drawsIdsThatAreKeyIds() {
    Random random = new Random(7);
    String first = SigningKey.randomId(random);
    String second = SigningKey.randomId(random);

    assertThat(first).matches("[A-Za-z0-9_-]{8}").isNotEqualTo(second);
    assertThat(SigningKey.of("acme", first, SECRET).id()).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAECAwQ", "AAECAwQFA", "AAECAwQ=", "AAECAwQ+", "AAECAwQé"})
  void refusesOtherKeyIds(String id) {
    assertThatThrownBy(() -> SigningKey.of("acme", id, SECRET))
        .hasMessageStartingWith("key id: expected 8 base64url characters, got \"");
  }

  @Test
  void refusesShortSecretsAndOddTenants() {
    assertThatThrownBy(() -> SigningKey.of("acme", "AAECAwQF", new byte[15]))
        .hasMessage("secret: expected at least 16 bytes, got 15");
    assertThatThrownBy(() -> SigningKey.derive(new byte[15], "acme", "AAECAwQF"))
        .hasMessage("master secret: expected at least 16 bytes, got 15");
    assertThatThrownBy(() -> SigningKey.derive(Keys.MASTER, "a me", "AAECAwQF"))
        .hasMessage("tenant: expected 1 to 64 of A-Z a-z 0-9 . _ ~ -, got \"a me\"");
  }
}
