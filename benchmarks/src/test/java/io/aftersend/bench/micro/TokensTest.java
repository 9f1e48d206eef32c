package io.aftersend.bench.micro;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokensTest {
  @Test
  void targetOfTheClickIsAsLongAsTheBenchmarkSays() {
    assertThat(Tokens.TARGET_URL).hasSize(120);
  }
}
