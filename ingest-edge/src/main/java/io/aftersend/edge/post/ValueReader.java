package io.aftersend.edge.post;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// The reader of one field's value into a draft.
interface ValueReader {
  /// Reads the value that the parser stands on, which is not null. Of an object or array it may
  /// leave the rest unread only when it has not gone into it.
  ///
  /// @return what is wrong with the value, or null
  @Nullable String read(JsonParser in, Draft draft) throws IOException;

  /// Checks a text and puts it into the draft.
  interface OfText {
    /// Takes the text, unless it is wrong.
    ///
    /// @return what was expected, or null when the text is right
    @Nullable String take(String text, Draft draft);
  }

  /// A JSON string; everything else is of the wrong type.
  static ValueReader text(OfText taker) {
    return (in, draft) -> {
      if (in.currentToken() != JsonToken.VALUE_STRING) {
        return expected("a string", in);
      }
      String text = in.getText();
      String expected = taker.take(text, draft);
      return expected == null ? null : "expected " + expected + ", got " + quoted(text);
    };
  }

  static String expected(String what, JsonParser in) throws IOException {
    return "expected " + what + ", got " + shown(in);
  }

  static String quoted(String text) {
    return '"' + Rejection.cut(text) + '"';
  }

  private static String shown(JsonParser in) throws IOException {
    return switch (in.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "an array";
      case VALUE_STRING -> "the string " + quoted(in.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "the number " + Rejection.cut(in.getText());
      case VALUE_TRUE, VALUE_FALSE -> in.getText();
      case VALUE_NULL -> "null";
      default -> "something else";
    };
  }
}
