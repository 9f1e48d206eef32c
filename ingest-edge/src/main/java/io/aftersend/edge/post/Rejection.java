package io.aftersend.edge.post;

/// Why one posted event was rejected.
///
/// @param field the field that is wrong, as the client wrote it; empty when it is the whole element
/// @param label the field as a bounded word, for a counter
/// @param error what was expected and what came
record Rejection(String field, String label, String error) {
  private static final int MAX_SHOWN = 100;

  static Rejection of(EventField field, String error) {
    return new Rejection(field.wireName(), field.wireName(), error);
  }

  static Rejection unknownField(String name, String error) {
    return new Rejection(cut(name), "unknown_field", error);
  }

  static Rejection ofElement(String error) {
    return new Rejection("", "element", error);
  }

  static String cut(String text) {
    if (text.length() <= MAX_SHOWN) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(MAX_SHOWN - 1)) ? MAX_SHOWN - 1 : MAX_SHOWN;
    return text.substring(0, end) + "…";
  }
}
