package io.aftersend.edge.post;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.aftersend.edge.field.ExactDecimal;
import io.aftersend.edge.field.TextRules;
import io.aftersend.edge.network.IpAddress;
import io.aftersend.edge.network.Network;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The kinds of values that fields have.
final class Values {
  private static final int MAX_LABELS = 100;
  private static final int MAX_URL_BYTES = 8_000;
  private static final String ID_CHARACTERS = "A-Z a-z 0-9 . _ ~ -";
  private static final Set<String> TIME_ZONES = ZoneId.getAvailableZoneIds();

  private Values() {}

  static ValueReader id(BiConsumer<EmailEvent, String> setter) {
    return id(TextRules.MAX_ID, setter);
  }

  static ValueReader longId(BiConsumer<EmailEvent, String> setter) {
    return id(TextRules.MAX_LONG_ID, setter);
  }

  private static ValueReader id(int max, BiConsumer<EmailEvent, String> setter) {
    String expected = "1 to " + max + " characters of " + ID_CHARACTERS;
    return checked(expected, setter, text -> TextRules.isId(text, max));
  }

  static ValueReader freeText(BiConsumer<EmailEvent, String> setter) {
    return freeText(TextRules.MAX_FREE_TEXT, setter);
  }

  static ValueReader freeText(int max, BiConsumer<EmailEvent, String> setter) {
    return checked(plainText(max), setter, text -> TextRules.isPlain(text, max));
  }

  /// Text that may have several lines.
  static ValueReader lines(int max, BiConsumer<EmailEvent, String> setter) {
    String expected = plainText(max) + " but line ends and tabs";
    return checked(expected, setter, text -> TextRules.isPlain(text, max, "\r\n\t"));
  }

  private static String plainText(int max) {
    return "at most " + max + " characters without control characters";
  }

  static ValueReader oneOf(BiConsumer<EmailEvent, String> setter, String... values) {
    List<String> allowed = List.of(values);
    return checked("one of " + String.join(", ", allowed), setter, allowed::contains);
  }

  static ValueReader matching(
      String expected, String regex, BiConsumer<EmailEvent, String> setter) {
    return checked(expected, setter, Pattern.compile(regex).asMatchPredicate()::test);
  }

  static ValueReader url(BiConsumer<EmailEvent, String> setter) {
    String expected = "1 to " + MAX_URL_BYTES + " bytes without control characters";
    return checked(
        expected,
        setter,
        text ->
            !text.isEmpty()
                && TextRules.isPlain(text, MAX_URL_BYTES)
                && text.getBytes(StandardCharsets.UTF_8).length <= MAX_URL_BYTES);
  }

  static ValueReader currency(BiConsumer<EmailEvent, String> setter) {
    return checked("an ISO 4217 code such as EUR", setter, TextRules::isCurrency);
  }

  static ValueReader timeZone(BiConsumer<EmailEvent, String> setter) {
    return checked(
        "a time zone of the IANA database, such as Asia/Tehran", setter, TIME_ZONES::contains);
  }

  /// A host, also as part of a URL.
  static ValueReader host(BiConsumer<EmailEvent, String> setter) {
    return ValueReader.text(
        (text, draft) -> {
          String host = text.length() > MAX_URL_BYTES ? null : TextRules.host(text);
          if (host != null) {
            setter.accept(draft.event, host);
          }
          return host == null ? "a host such as mail.example.com" : null;
        });
  }

  private interface Check {
    boolean isRight(String text);
  }

  private static ValueReader checked(
      String expected, BiConsumer<EmailEvent, String> setter, Check check) {
    return ValueReader.text(
        (text, draft) -> {
          if (!check.isRight(text)) {
            return expected;
          }
          setter.accept(draft.event, text);
          return null;
        });
  }

  static ValueReader flag(BiConsumer<EmailEvent, Boolean> setter) {
    return (in, draft) -> {
      if (!in.currentToken().isBoolean()) {
        return ValueReader.expected("true or false", in);
      }
      setter.accept(draft.event, in.getBooleanValue());
      return null;
    };
  }

  static ValueReader whole(int min, int max, BiConsumer<EmailEvent, Integer> setter) {
    String expected = "a whole number from " + min + " to " + max;
    return (in, draft) -> {
      if (in.currentToken() != JsonToken.VALUE_NUMBER_INT || in.getTextLength() > 9) {
        return ValueReader.expected(expected, in);
      }
      int value = in.getIntValue();
      if (value < min || value > max) {
        return ValueReader.expected(expected, in);
      }
      setter.accept(draft.event, value);
      return null;
    };
  }

  static @Nullable String type(JsonParser in, Draft draft) throws IOException {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      return ValueReader.expected("a string", in);
    }
    EventType type = EventType.ofWireName(in.getText());
    if (type == null) {
      return "expected an event type such as sent or opened, got "
          + ValueReader.quoted(in.getText());
    }
    draft.type = type;
    draft.event.setType(type.wireName());
    return null;
  }

  static @Nullable String eventTime(JsonParser in, Draft draft) throws IOException {
    Instant time =
        switch (in.currentToken()) {
          case VALUE_STRING -> EventTime.parse(in.getText());
          case VALUE_NUMBER_INT ->
              in.getTextLength() > 18 ? Instant.MAX : Instant.ofEpochMilli(in.getLongValue());
          default -> null;
        };
    if (time == null) {
      return ValueReader.expected(EventTime.EXPECTED_FORMAT, in);
    }
    if (!EventTime.isInRange(time, draft.ingestTime)) {
      return ValueReader.expected(EventTime.EXPECTED_RANGE, in);
    }
    draft.event.setEventTime(time);
    return null;
  }

  /// Taken as digits, never as a binary fraction.
  static @Nullable String amount(JsonParser in, Draft draft) throws IOException {
    boolean hasDigits =
        in.currentToken().isNumeric() || in.currentToken() == JsonToken.VALUE_STRING;
    BigDecimal amount = hasDigits ? ExactDecimal.parse(in.getText()) : null;
    if (amount == null) {
      return ValueReader.expected(ExactDecimal.EXPECTED, in);
    }
    draft.event.setValue(amount);
    return null;
  }

  static @Nullable String labels(JsonParser in, Draft draft) throws IOException {
    String expected =
        "an array of at most "
            + MAX_LABELS
            + " strings of at most "
            + TextRules.MAX_FREE_TEXT
            + " characters";
    if (in.currentToken() != JsonToken.START_ARRAY) {
      return ValueReader.expected(expected, in);
    }
    List<String> labels = new ArrayList<>();
    String problem = null;
    while (in.nextToken() != JsonToken.END_ARRAY) {
      if (problem != null) {
        in.skipChildren();
      } else if (labels.size() == MAX_LABELS) {
        problem = "expected " + expected + ", got more";
        in.skipChildren();
      } else if (in.currentToken() == JsonToken.VALUE_STRING
          && TextRules.isPlain(in.getText(), TextRules.MAX_FREE_TEXT)) {
        labels.add(in.getText());
      } else {
        problem = ValueReader.expected(expected, in);
        in.skipChildren();
      }
    }
    draft.event.setLabels(List.copyOf(labels));
    return problem;
  }

  /// Classified, then truncated, as for a hit.
  static ValueReader ip() {
    return ValueReader.text(
        (text, draft) -> {
          byte[] address = IpAddress.parse(text);
          if (address == null) {
            return "an IPv4 or IPv6 address";
          }
          Network network = draft.networks.find(address);
          draft.event.setNetworkClass(network.networkClass().wireName());
          draft.event.setAsn(network.asn());
          draft.event.setIp(IpAddress.truncated(address));
          return null;
        });
  }
}
