package io.aftersend.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  @Test
  void argumentsArriveWholeAsHexadecimalDigitsOfTheirBytes() {
    String url = "https://example.com/å?q=سلام";
    String hex = HexFormat.of().formatHex(url.getBytes(StandardCharsets.UTF_8));

    assertThat(Arguments.ofHex(new String[] {hex, ""})).containsExactly(url, "");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    assertThatThrownBy(() -> Arguments.ofHex(new String[] {"61", "c3"}))
        .hasMessage("argument 2: expected UTF-8, got other bytes");
  }
}
