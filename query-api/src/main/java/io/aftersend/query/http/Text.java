package io.aftersend.query.http;

import java.util.regex.Pattern;

/// The rules for texts that clients send, and the quoting of them in messages.
public final class Text {
  /// What an id is expected to be, for messages.
  public static final String ID_EXPECTED = "1 to 64 of A-Z a-z 0-9 . _ ~ -";

  private static final int MAX_QUOTED_CHARACTERS = 80;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

  private Text() {}

  /// Whether it is an id as all of the product's ids are.
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /// Whether it is whole Unicode characters without control characters, from 1 to `max` of them.
  public static boolean isPlain(String text, int max) {
    int characters = text.codePointCount(0, text.length());
    return characters >= 1
        && characters <= max
        && text.codePoints().noneMatch(Character::isISOControl)
        && text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }

  /// A value as one printable line of bounded length.
  public static String quoted(String text) {
    String cut =
        text.length() > MAX_QUOTED_CHARACTERS
            ? text.substring(0, MAX_QUOTED_CHARACTERS) + "…"
            : text;
    StringBuilder quoted = new StringBuilder("\"");
    cut.codePoints()
        .map(
            c -> Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE ? '?' : c)
        .forEach(quoted::appendCodePoint);
    return quoted.append('"').toString();
  }
}
