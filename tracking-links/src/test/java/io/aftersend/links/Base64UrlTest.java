package io.aftersend.links;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class Base64UrlTest {
  @Test
  void decodesWhatThePlatformEncodes() {
    Property<String> texts = new Property<>(Base64UrlTest::encodedBytes, text -> List.of());
    texts.holds(
        2_000,
        text -> {
          byte[] decoded = decode(text);
          assertThat(decoded).isEqualTo(Base64.getUrlDecoder().decode(text));
          assertThat(text)
              .hasSize(Base64Url.encodedLength(Base64.getUrlDecoder().decode(text).length));
        });
  }

  /// Of all two- and three-character endings, exactly those that the encoder can make are taken.
  @Test
  void takesExactlyOneTextForEachByteString() {
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    List<String> letters = alphabet.chars().mapToObj(Character::toString).toList();
    int accepted = 0;
    for (String first : letters) {
      for (String second : letters) {
        accepted += decode(first + second) == null ? 0 : 1;
        accepted += decode("A" + first + second) == null ? 0 : 1;
      }
    }
    assertThat(accepted).isEqualTo(256 + 64 * 64 / 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "AAAAA", "AA==", "AAA=", "AA+A", "AA/A", "AAA ", "AAAé", "AAA\n", "AB"})
  void refusesWhatIsNotCanonical(String text) {
    assertThat(decode(text)).isNull();
  }

  private static String encodedBytes(Random random) {
    byte[] bytes = new byte[random.nextInt(100)];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte @Nullable [] decode(String text) {
    byte[] ascii = text.getBytes(StandardCharsets.ISO_8859_1);
    byte[] target = new byte[ascii.length];
    int length = Base64Url.decode(ascii, 0, ascii.length, target, 0);
    return length < 0 ? null : Arrays.copyOf(target, length);
  }
}
