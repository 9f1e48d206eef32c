package io.aftersend.links;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A reader of JSON for test vectors: maps, lists, strings, longs and booleans. This module has no
/// dependencies to do it.
final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  static Object read(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.skipSpace();
    if (json.at != text.length()) {
      throw json.unexpected("the end");
    }
    return value;
  }

  private Object value() {
    skipSpace();
    return switch (text.charAt(at)) {
      case '{' -> object();
      case '[' -> array();
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      default -> number();
    };
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    at++;
    while (!isNext('}')) {
      skipSpace();
      String name = string();
      if (!isNext(':')) {
        throw unexpected("a colon");
      }
      members.put(name, value());
      isNext(',');
    }
    return members;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    at++;
    while (!isNext(']')) {
      elements.add(value());
      isNext(',');
    }
    return elements;
  }

  private String string() {
    StringBuilder string = new StringBuilder();
    for (at++; text.charAt(at) != '"'; at++) {
      if (text.charAt(at) == '\\') {
        at++;
        if ("\"\\/".indexOf(text.charAt(at)) < 0) {
          throw unexpected("an escaped quote, slash or backslash");
        }
      }
      string.append(text.charAt(at));
    }
    at++;
    return string.toString();
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw unexpected(word);
    }
    at += word.length();
    return value;
  }

  private Long number() {
    int start = at;
    while (Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw unexpected("a value");
    }
    return Long.valueOf(text.substring(start, at));
  }

  private boolean isNext(char wanted) {
    skipSpace();
    boolean isNext = text.charAt(at) == wanted;
    if (isNext) {
      at++;
    }
    return isNext;
  }

  private void skipSpace() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private IllegalArgumentException unexpected(String wanted) {
    return new IllegalArgumentException(
        "expected " + wanted + " at " + at + ", got " + text.substring(at));
  }
}
