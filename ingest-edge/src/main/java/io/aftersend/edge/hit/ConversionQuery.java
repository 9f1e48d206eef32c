package io.aftersend.edge.hit;

import io.aftersend.edge.field.ExactDecimal;
import io.aftersend.edge.field.TextRules;
import io.aftersend.edge.metrics.EdgeMetrics;
import io.aftersend.schemas.event.EmailEvent;
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

  /// Puts the parameters of a query into the event.
  void read(byte[] bytes, int offset, int length, EmailEvent event) {
    int end = offset + length;
    int from = offset;
    while (from < end) {
      int to = indexOf('&', bytes, from, end);
      int equals = indexOf('=', bytes, from, to);
      String name = decoded(bytes, from, equals);
      if (name != null && equals < to) {
        take(name, bytes, equals + 1, to, event);
      }
      from = to + 1;
    }
  }

  private void take(String name, byte[] bytes, int from, int to, EmailEvent event) {
    boolean isFirst =
        switch (name) {
          case "goal" -> event.getGoal() == null;
          case "value" -> event.getValue() == null;
          case "currency" -> event.getCurrency() == null;
          case "order" -> event.getOrder() == null;
          default -> false;
        };
    if (!isFirst || from == to) {
      return;
    }
    String value = decoded(bytes, from, to);
    if (value == null) {
      metrics.parameterDropped(name, "encoding");
    } else if (!isSet(name, value, event)) {
      metrics.parameterDropped(name, "format");
    }
  }

  private static boolean isSet(String name, String value, EmailEvent event) {
    switch (name) {
      case "goal" -> {
        if (!TextRules.isPlain(value, TextRules.MAX_FREE_TEXT)) {
          return false;
        }
        event.setGoal(value);
      }
      case "value" -> {
        var amount = ExactDecimal.parse(value);
        if (amount == null) {
          return false;
        }
        event.setValue(amount);
      }
      case "currency" -> {
        if (!TextRules.isCurrency(value)) {
          return false;
        }
        event.setCurrency(value);
      }
      default -> {
        if (!TextRules.isId(value, TextRules.MAX_LONG_ID)) {
          return false;
        }
        event.setOrder(value);
      }
    }
    return true;
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
