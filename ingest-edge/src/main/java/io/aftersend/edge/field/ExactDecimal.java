package io.aftersend.edge.field;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Amounts as exact decimals with 6 places. Never goes through a binary fraction.
public final class ExactDecimal {
  /// Digits behind the point.
  public static final int PLACES = 6;

  /// Digits before the point.
  public static final int INTEGER_DIGITS = 12;

  /// What a refusal says was expected.
  public static final String EXPECTED =
      "a decimal of at most "
          + INTEGER_DIGITS
          + " digits before and "
          + PLACES
          + " after the point";

  /// Longer texts are refused before any arithmetic is done on them.
  private static final int MAX_CHARACTERS = 64;

  private ExactDecimal() {}

  /// The amount written as a JSON number (an exponent is allowed); null when the text is none, or
  /// would have to be rounded or cut.
  public static @Nullable BigDecimal parse(String text) {
    if (text.length() > MAX_CHARACTERS || !isNumber(text)) {
      return null;
    }
    BigDecimal value;
    try {
      value = new BigDecimal(text).stripTrailingZeros();
    } catch (ArithmeticException | NumberFormatException e) {
      // The exponent is beyond what can be told.
      return null;
    }
    boolean isExact = value.scale() <= PLACES;
    boolean isInRange = (long) value.precision() - value.scale() <= INTEGER_DIGITS;
    return isExact && isInRange ? value.setScale(PLACES, RoundingMode.UNNECESSARY) : null;
  }

  private static boolean isNumber(String text) {
    int at = text.startsWith("-") ? 1 : 0;
    int end = afterDigits(text, at);
    if (end == at) {
      return false;
    }
    if (end < text.length() && text.charAt(end) == '.') {
      at = end + 1;
      end = afterDigits(text, at);
      if (end == at) {
        return false;
      }
    }
    if (end < text.length() && (text.charAt(end) == 'e' || text.charAt(end) == 'E')) {
      at = end + 1;
      if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      end = afterDigits(text, at);
      if (end == at) {
        return false;
      }
    }
    return end == text.length();
  }

  private static int afterDigits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }
}
