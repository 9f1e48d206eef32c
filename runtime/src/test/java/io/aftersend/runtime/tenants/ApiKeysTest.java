package io.aftersend.runtime.tenants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  @Test
  void drawsKeysThatDiffer() {
    SecureRandom random = new SecureRandom();
    ApiKeys.Drawn key = ApiKeys.draw(random);

    assertThat(key.text()).matches("as_[A-Za-z0-9_-]{43}");
    assertThat(key.text()).startsWith("as_" + key.id());
    assertThat(key.id()).hasSize(8);
    assertThat(ApiKeys.draw(random).text()).isNotEqualTo(key.text());
  }

  @Test
  void hashesTheWholeText() {
    // echo -n "$text" | sha256sum
    ApiKeys.Drawn key = ApiKeys.read("as_" + "a".repeat(43));

    assertThat(key.id()).isEqualTo("aaaaaaaa");
    assertThat(key.hash())
        .isEqualTo("653a8733edaba8a3810239a4e82302750dc22299b5f39faefb5433b4adc5f057");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "as_", "as_short", "xx_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})
  void refusesTextsThatAreNoKeys(String text) {
    assertThatThrownBy(() -> ApiKeys.read(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void doesNotPrintItsText() {
    ApiKeys.Drawn key = Examples.drawn(1);

    assertThat(key.toString()).contains(key.id()).doesNotContain(key.text());
  }
}
