package io.aftersend.links;

/// A refusal to sign, which names the field at fault, what was expected and what came.
public final class RefusedLinkException extends IllegalArgumentException {
  private static final int MAX_QUOTED_CHARACTERS = 80;

  private final String field;
  private final String problem;

  RefusedLinkException(String field, String problem) {
    super(field + ": " + problem);
    this.field = field;
    this.problem = problem;
  }

  static RefusedLinkException of(ClaimField field, String value) {
    return new RefusedLinkException(
        field.wireName(), "expected " + field.kind().expected() + ", got " + quote(value));
  }

  /// The name of the field, as in events and the API.
  public String field() {
    return field;
  }

  /// What is wrong, without the field's name.
  public String problem() {
    return problem;
  }

  /// A value as one printable line of bounded length.
  static String quote(String value) {
    StringBuilder quoted = new StringBuilder().append('"');
    int shown = Math.min(value.length(), MAX_QUOTED_CHARACTERS);
    for (int i = 0; i < shown; i++) {
      char c = value.charAt(i);
      if (c >= ' ' && c < 0x7F && c != '"' && c != '\\') {
        quoted.append(c);
      } else {
        quoted.append(String.format("\\u%04x", (int) c));
      }
    }
    quoted.append('"');
    if (shown < value.length()) {
      quoted.append("… (").append(value.length()).append(" characters)");
    }
    return quoted.toString();
  }
}
