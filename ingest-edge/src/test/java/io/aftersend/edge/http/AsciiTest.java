package io.aftersend.edge.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftersend.edge.field.EightBytes;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/// The searches that look at eight bytes at once find what a search byte by byte finds.
class AsciiTest {
  @Test
  void findsTheFirstControlCharacter() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = bytes(random);
      int from = random.nextInt(bytes.length + 1);
      int to = random.nextInt(from, bytes.length + 1);
      int bound = random.nextBoolean() ? ' ' : ' ' + 1;
      int expected = from;
      while (expected < to
          && (bytes[expected] & 0xFF) >= bound
          && (bytes[expected] & 0xFF) != 0x7F) {
        expected++;
      }
      assertThat(Ascii.indexOfControl(bytes, from, to, bound))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void findsTheEndOfAToken() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    String token = "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(1, 40)];
      for (int at = 0; at < bytes.length; at++) {
        boolean isAny = random.nextInt(16) == 0;
        bytes[at] =
            (byte) (isAny ? random.nextInt(256) : token.charAt(random.nextInt(token.length())));
      }
      int from = random.nextInt(bytes.length + 1);
      int to = random.nextInt(from, bytes.length + 1);
      int expected = from;
      while (expected < to && token.indexOf(bytes[expected] & 0xFF) >= 0) {
        expected++;
      }
      assertThat(Ascii.endOfToken(bytes, from, to)).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void tellsWordsFromAllOtherBytes() {
    for (int c = 0; c < 256; c++) {
      for (int place = 0; place < Long.BYTES; place++) {
        byte[] bytes = "Az-aZ-m-".getBytes(StandardCharsets.US_ASCII);
        bytes[place] = (byte) c;
        boolean isWord = c == '-' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        long expected = isWord ? 0 : 0x80L << (place * Byte.SIZE);
        assertThat(EightBytes.otherThanWords(EightBytes.at(bytes, 0)))
            .as("character %d at %d", c, place)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void findsTheFirstOfTwoCharacters() {
    long seed = System.nanoTime();
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = bytes(random);
      int from = random.nextInt(bytes.length + 1);
      int to = random.nextInt(from, bytes.length + 1);
      int expected = from;
      while (expected < to && bytes[expected] != '?' && bytes[expected] != '#') {
        expected++;
      }
      assertThat(Ascii.indexOfEither(bytes, from, to, '?', '#'))
          .as("seed %d", seed)
          .isEqualTo(expected);
    }
  }

  @Test
  void takesATokenForAnotherOnlyWhenTheirLettersDifferInCaseAlone() {
    byte[] lower = "x-z0-9azm-5".getBytes(StandardCharsets.US_ASCII);
    for (int place = 0; place < lower.length; place++) {
      for (int c = 0; c < 256; c++) {
        byte[] token =
            new String(lower, StandardCharsets.US_ASCII)
                .toUpperCase(Locale.ROOT)
                .getBytes(StandardCharsets.US_ASCII);
        token[place] = (byte) c;
        if (Ascii.isTokenCharacter((byte) c)) {
          assertThat(Ascii.isToken(token, 0, lower))
              .as("character %d at %d", c, place)
              .isEqualTo(Ascii.equalsIgnoreCase(token, 0, lower));
        }
      }
    }
  }

  @Test
  void refusesInAHostWhatEndsOneOrListsMore() {
    for (int c = 0; c < 256; c++) {
      boolean isAllowed = c > ' ' && c < 0x80 && "/\\@,?#".indexOf(c) < 0;
      assertThat(Ascii.isHostCharacter((byte) c)).as("character %d", c).isEqualTo(isAllowed);
    }
  }

  /// Mostly harmless bytes, and some from the borders of what is looked for.
  private static byte[] bytes(SplittableRandom random) {
    int[] borders = {
      0, 1, '\t', 0x1F, ' ', '!', '"', '#', '$', '>', '?', '@', 0x7E, 0x7F, 0x80, 0xFF
    };
    byte[] bytes = new byte[random.nextInt(1, 40)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (random.nextInt(8) == 0 ? borders[random.nextInt(borders.length)] : 'a');
    }
    return bytes;
  }
}
