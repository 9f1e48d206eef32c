package io.aftersend.edge.hit;

import io.aftersend.edge.field.ExactDecimal;
import io.aftersend.edge.field.TextRules;
import io.aftersend.edge.metrics.EdgeMetrics;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// The reader of a conversion's query, `goal=&value=&currency=&order=`, percent-encoded UTF-8 with
/// `+` for a space. A parameter that is not what it should be is left out of the event and counted:
/// a pixel cannot tell anybody. Of a repeated parameter the first counts; others are not looked at.
final class ConversionQuery {
  private final EdgeMetrics metrics;

  ConversionQuery(EdgeMetrics metrics) {
    this.metrics = metrics;
  }

  /// The conversion that a query tells of.
  Conversion read(byte[] bytes, int offset, int length) {
    Conversion conversion = Conversion.NONE;
    int end = offset + length;
    int from = offset;
    while (from < end) {
      int to = indexOf('&', bytes, from, end);
      int equals = indexOf('=', bytes, from, to);
      String name = decoded(bytes, from, equals);
      if (name != null && equals + 1 < to && isAwaited(name, conversion)) {
        conversion = with(name, decoded(bytes, equals + 1, to), conversion);
      }
      from = to + 1;
    }
    return conversion;
  }

  private static boolean isAwaited(String name, Conversion present) {
    return switch (name) {
      case "goal" -> present.goal() == null;
      case "value" -> present.value() == null;
      case "currency" -> present.currency() == null;
      case "order" -> present.order() == null;
      default -> false;
    };
  }

  private Conversion with(String name, @Nullable String text, Conversion present) {
    if (text == null) {
      metrics.parameterDropped(name, "encoding");
      return present;
    }
    Conversion changed = changed(name, text, present);
    if (changed == null) {
      metrics.parameterDropped(name, "format");
      return present;
    }
    return changed;
  }

  /// @return null when the text is not what it should be
  private static @Nullable Conversion changed(String name, String text, Conversion present) {
    String goal = present.goal();
    BigDecimal value = present.value();
    String currency = present.currency();
    String order = present.order();
    boolean isGood;
    switch (name) {
      case "goal" -> {
        goal = text;
        isGood = TextRules.isPlain(text, TextRules.MAX_FREE_TEXT);
      }
      case "value" -> {
        value = ExactDecimal.parse(text);
        isGood = value != null;
      }
      case "currency" -> {
        currency = text;
        isGood = TextRules.isCurrency(text);
      }
      default -> {
        order = text;
        isGood = TextRules.isId(text, TextRules.MAX_LONG_ID);
      }
    }
    return isGood ? new Conversion(goal, value, currency, order) : null;
  }

  private static int indexOf(char c, byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && bytes[at] != c) {
      at++;
    }
    return at;
  }

  /// The text of a slice; null when it is not percent-encoded UTF-8.
  private static @Nullable String decoded(byte[] bytes, int from, int to) {
    ByteBuffer decoded = ByteBuffer.allocate(to - from);
    for (int at = from; at < to; at++) {
      byte c = bytes[at];
      if (c == '%') {
        int high = at + 2 < to ? Character.digit(bytes[at + 1], 16) : -1;
        int low = at + 2 < to ? Character.digit(bytes[at + 2], 16) : -1;
        if (high < 0 || low < 0) {
          return null;
        }
        c = (byte) (high << 4 | low);
        at += 2;
      } else if (c == '+') {
        c = ' ';
      }
      decoded.put(c);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
