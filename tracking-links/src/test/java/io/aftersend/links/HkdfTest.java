package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// RFC 5869, appendix A, the cases with SHA-256.
final class HkdfTest {
  @Test
  void agreesWithTestCase1() {
    byte[] salt = hex("000102030405060708090a0b0c");
    byte[] inputKey = hex("0b".repeat(22));

    assertThat(Hkdf.extract(salt, inputKey))
        .isEqualTo(hex("077709362c2e32df0ddc3f0dc47bba6390b6c73bb50f9c3122ec844ad7c2b3e5"));
    assertThat(Hkdf.derive(inputKey, salt, hex("f0f1f2f3f4f5f6f7f8f9"), 42))
        .isEqualTo(
            hex(
                "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"
                    + "34007208d5b887185865"));
  }

  @Test
  void agreesWithTestCase2() {
    assertThat(Hkdf.derive(range(0x00, 0x50), range(0x60, 0xb0), range(0xb0, 0x100), 82))
        .isEqualTo(
            hex(
                "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c"
                    + "59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71"
                    + "cc30c58179ec3e87c14c01d5c1f3434f1d87"));
  }

  @Test
  void agreesWithTestCase3() {
    assertThat(Hkdf.derive(hex("0b".repeat(22)), new byte[0], new byte[0], 42))
        .isEqualTo(
            hex(
                "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
                    + "9d201395faa4b61a96c8"));
  }

  @Test
  void refusesMoreOutputThanTheCounterReaches() {
    byte[] key = new byte[32];
    assertThat(Hkdf.expand(key, new byte[0], 255 * 32)).hasSize(8160);
    assertThatThrownBy(() -> Hkdf.expand(key, new byte[0], 255 * 32 + 1))
        .hasMessage("HKDF output: expected 1 to 8160 bytes, got 8161");
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] range(int from, int to) {
    byte[] bytes = new byte[to - from];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (from + i);
    }
    return bytes;
  }
}
