package io.aftersend.links;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// Generated target URLs and the naive oracle for them, which works on bytes where the product
/// works on characters.
final class Urls {
  static final int MAX_CHARACTERS = 1_500;

  private static final String[] STARTS = {
    "https://example.com/", "http://example.com/", "HTTPS://Example.COM:8443/a/b",
    "https://user:pw@[2001:db8::1]:443/x?", "https://пример.рф/путь?",
        "mailto:a@example.com?subject=",
    "tel:+994-12-345", "https://example.com/?a=1&b="
  };
  private static final String[] PIECES = {
    "&amp;",
    "&",
    "#",
    "#fragment",
    "[",
    "]",
    "[a][]",
    "?",
    "=",
    "/",
    "%20",
    "%C3%A9",
    "%",
    "%zz",
    "+",
    " ",
    "  ",
    "é",
    "سلام",
    "😀",
    "👩‍👩‍👧",
    "\u00A0",
    "\u2028",
    "\uFEFF",
    "\u202E",
    "{{name}}",
    "|",
    "\\",
    "\"",
    "<b>",
    "^",
    "`",
    "'",
    ";",
    ",",
    "ə",
    "漢字",
    "\uFFFF",
    "𝄞",
    "utm_source=news&amp;utm_medium=mail"
  };

  private Urls() {}

  /// A URL of at most 1,500 characters (code points) and 8,000 bytes once encoded, and now and then
  /// close to these limits.
  static String generate(Random random) {
    StringBuilder url = new StringBuilder(STARTS[random.nextInt(STARTS.length)]);
    boolean isForeign = random.nextInt(8) == 0;
    int wanted = random.nextInt(4) == 0 ? random.nextInt(MAX_CHARACTERS) : random.nextInt(120);
    int length = url.length();
    int lengthBytes = encode(url.toString()).length();
    while (length < wanted) {
      String piece = isForeign ? Character.toString(anyCharacter(random)) : piece(random);
      length += piece.codePointCount(0, piece.length());
      lengthBytes += encode(piece).length();
      if (length > MAX_CHARACTERS || lengthBytes > TargetUrls.MAX_BYTES) {
        break;
      }
      url.append(piece);
    }
    return url.toString();
  }

  private static String piece(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> PIECES[random.nextInt(PIECES.length)];
      case 1 -> Character.toString(anyCharacter(random));
      default -> Character.toString('!' + random.nextInt('~' - '!' + 1));
    };
  }

  private static int anyCharacter(Random random) {
    int character = 0xA0 + random.nextInt(random.nextBoolean() ? 0x800 : 0x110000 - 0xA0);
    boolean isSurrogate = character >= 0xD800 && character <= 0xDFFF;
    return isSurrogate ? 'é' : character;
  }

  /// What the contract promises in `Location`.
  static String encode(String url) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : url.getBytes(StandardCharsets.UTF_8)) {
      encoded.append(
          octet == 0x20 || octet < 0 ? String.format("%%%02X", octet) : "" + (char) octet);
    }
    return encoded.toString();
  }

  /// Shorter URLs that still have a scheme and a host, so that shrinking keeps to the failure
  /// found.
  static List<String> smaller(String url) {
    return deletions(url).stream()
        .filter(shorter -> Arrays.stream(STARTS).anyMatch(shorter::startsWith))
        .toList();
  }

  /// The text with one run of characters left out, longer runs first.
  static List<String> deletions(String text) {
    int[] characters = text.codePoints().toArray();
    List<String> shorter = new ArrayList<>();
    for (int run = Math.max(1, characters.length / 2); run >= 1; run /= 2) {
      for (int at = 0; at + run <= characters.length; at += run) {
        shorter.add(
            new String(characters, 0, at)
                + new String(characters, at + run, characters.length - at - run));
      }
    }
    return shorter;
  }
}
