package io.aftersend.embedded.clickhouse.front;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A cursor over the tokens of a piece of SQL, as far as finding clauses needs them: words,
/// brackets, and everything that may hide them (strings, quoted names, comments, heredocs).
///
/// Works on bytes, because data in any encoding may follow the SQL. Confined to one thread.
final class SqlTokens {
  /// What the cursor stands on.
  enum Kind {
    /// A name, keyword or number without quotes.
    WORD,
    /// A string, quoted name or heredoc.
    QUOTED,
    OPEN,
    CLOSE,
    SEMICOLON,
    /// Any other character.
    OTHER,
    END,
    /// The bytes end inside a token, and more of them may follow.
    INCOMPLETE
  }

  private final byte[] bytes;
  private final int limit;
  private final boolean isAll;
  private int start;
  private int at;
  private Kind kind = Kind.OTHER;

  /// @param isAll whether nothing follows after `limit`; otherwise a token that touches it is
  ///   incomplete
  SqlTokens(byte[] bytes, int limit, boolean isAll) {
    this.bytes = bytes;
    this.limit = limit;
    this.isAll = isAll;
  }

  Kind kind() {
    return kind;
  }

  /// Offset of the current token's first byte.
  int start() {
    return start;
  }

  /// Offset behind the current token.
  int end() {
    return at;
  }

  String text() {
    return new String(bytes, start, at - start, StandardCharsets.UTF_8);
  }

  boolean isWord(String keyword) {
    return kind == Kind.WORD && at - start == keyword.length() && text().equalsIgnoreCase(keyword);
  }

  Kind next() {
    if (!skipBlanks()) {
      start = at;
      kind = isAll ? Kind.END : Kind.INCOMPLETE;
      return kind;
    }
    start = at;
    if (at == limit) {
      kind = isAll ? Kind.END : Kind.INCOMPLETE;
      return kind;
    }
    kind = scan();
    if (kind == Kind.WORD && at == limit && !isAll) {
      kind = Kind.INCOMPLETE;
    }
    return kind;
  }

  private Kind scan() {
    byte c = bytes[at];
    if (isWordByte(c)) {
      while (at < limit && isWordByte(bytes[at])) {
        at++;
      }
      return Kind.WORD;
    }
    if (c == '\'' || c == '"' || c == '`') {
      return quoted(c);
    }
    if (c == '$') {
      return heredoc();
    }
    at++;
    return switch (c) {
      case '(', '[', '{' -> Kind.OPEN;
      case ')', ']', '}' -> Kind.CLOSE;
      case ';' -> Kind.SEMICOLON;
      default -> Kind.OTHER;
    };
  }

  private Kind quoted(byte quote) {
    at++;
    while (at < limit) {
      byte c = bytes[at++];
      if (c == '\\') {
        at = Math.min(limit, at + 1);
      } else if (c == quote) {
        if (at < limit && bytes[at] == quote) {
          at++;
        } else if (at == limit && !isAll) {
          return Kind.INCOMPLETE;
        } else {
          return Kind.QUOTED;
        }
      }
    }
    return isAll ? Kind.QUOTED : Kind.INCOMPLETE;
  }

  /// `$tag$ … $tag$`; a dollar that opens none is a character like any other.
  private Kind heredoc() {
    int tagEnd = at + 1;
    while (tagEnd < limit && isWordByte(bytes[tagEnd])) {
      tagEnd++;
    }
    if (tagEnd == limit && !isAll) {
      return Kind.INCOMPLETE;
    }
    if (tagEnd == limit || bytes[tagEnd] != '$') {
      at++;
      return Kind.OTHER;
    }
    int length = tagEnd + 1 - at;
    for (int i = tagEnd + 1; i + length <= limit; i++) {
      if (Arrays.equals(bytes, at, at + length, bytes, i, i + length)) {
        at = i + length;
        return Kind.QUOTED;
      }
    }
    if (isAll) {
      at++;
      return Kind.OTHER;
    }
    at = limit;
    return Kind.INCOMPLETE;
  }

  /// False when the bytes end inside a comment.
  private boolean skipBlanks() {
    while (at < limit) {
      byte c = bytes[at];
      if (c <= ' ' && c >= 0) {
        at++;
      } else if ((c == '-' || c == '/') && at + 1 == limit && !isAll) {
        return false;
      } else if (startsWith("--") || startsWith("# ") || startsWith("#!")) {
        while (at < limit && bytes[at] != '\n') {
          at++;
        }
      } else if (startsWith("/*")) {
        at += 2;
        while (at < limit && !startsWith("*/")) {
          at++;
        }
        if (at == limit) {
          return false;
        }
        at += 2;
      } else {
        return true;
      }
    }
    return true;
  }

  private boolean startsWith(String text) {
    if (at + text.length() > limit) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWordByte(byte c) {
    // Bytes below zero are parts of characters beyond ASCII.
    return Character.isLetterOrDigit(c) || c == '_' || c < 0;
  }
}
