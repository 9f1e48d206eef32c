package io.aftersend.embedded.clickhouse.front;

import io.aftersend.embedded.clickhouse.engine.EngineException;
import io.aftersend.embedded.clickhouse.front.SqlTokens.Kind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What the beginning of a request's SQL says about how to run it.
sealed interface SqlShape {
  /// An `INSERT` whose data comes as bytes in a format.
  ///
  /// @param headEnd offset behind the statement without its `FORMAT` or `VALUES`
  /// @param format of the data
  /// @param dataStart offset of the data's first byte
  record InsertOfRows(int headEnd, String format, int dataStart) implements SqlShape {}

  /// An `INSERT` that names neither a format nor a source of rows.
  record InsertOfUnnamedFormat() implements SqlShape {}

  /// A statement that is its whole text: a query, DDL, `INSERT … SELECT`.
  record Whole() implements SqlShape {}

  /// A statement that the front refuses.
  record Refused(int code, String name, String reason) implements SqlShape {}

  /// More bytes are needed to tell.
  record Unknown() implements SqlShape {}

  /// Looks at the bytes up to `limit`; `isAll` says whether nothing follows.
  static SqlShape of(byte[] sql, int limit, boolean isAll) {
    SqlTokens tokens = new SqlTokens(sql, limit, isAll);
    Kind first = tokens.next();
    if (first == Kind.INCOMPLETE) {
      return new Unknown();
    }
    return tokens.isWord("INSERT") ? insert(sql, limit, isAll, tokens) : new Whole();
  }

  private static SqlShape insert(byte[] sql, int limit, boolean isAll, SqlTokens tokens) {
    tokens.next();
    if (tokens.isWord("INTO")) {
      tokens.next();
    }
    if (tokens.isWord("TABLE")) {
      tokens.next();
    }
    if (tokens.isWord("FUNCTION")) {
      tokens.next();
    }
    // The cursor is on the target's name, which may itself be called FORMAT or VALUES.
    if (tokens.kind() == Kind.OPEN) {
      return skipGroup(tokens) ? clauses(sql, limit, isAll, tokens) : new Unknown();
    }
    return tokens.kind() == Kind.INCOMPLETE ? new Unknown() : clauses(sql, limit, isAll, tokens);
  }

  private static SqlShape clauses(byte[] sql, int limit, boolean isAll, SqlTokens tokens) {
    boolean isPartOfName = false;
    while (true) {
      Kind kind = tokens.next();
      switch (kind) {
        case INCOMPLETE -> {
          return new Unknown();
        }
        case END, SEMICOLON -> {
          return new InsertOfUnnamedFormat();
        }
        case OPEN -> {
          tokens.next();
          if (tokens.isWord("SELECT") || tokens.isWord("WITH")) {
            return new Whole();
          }
          if (!skipRestOfGroup(tokens)) {
            return isAll ? new Whole() : new Unknown();
          }
        }
        case WORD -> {
          if (!isPartOfName) {
            SqlShape shape = clause(sql, limit, isAll, tokens);
            if (shape != null) {
              return shape;
            }
          }
        }
        case QUOTED, CLOSE, OTHER -> {}
      }
      isPartOfName = kind == Kind.OTHER && tokens.text().equals(".");
    }
  }

  private static @Nullable SqlShape clause(byte[] sql, int limit, boolean isAll, SqlTokens tokens) {
    if (tokens.isWord("SELECT") || tokens.isWord("WITH") || tokens.isWord("EXPLAIN")) {
      return new Whole();
    }
    if (tokens.isWord("FROM")) {
      Kind next = tokens.next();
      if (next == Kind.INCOMPLETE) {
        return new Unknown();
      }
      return tokens.isWord("INFILE")
          ? new Refused(48, "NOT_IMPLEMENTED", "FROM INFILE is not allowed over HTTP")
          : new Whole();
    }
    if (tokens.isWord("VALUES")) {
      return new InsertOfRows(tokens.start(), "Values", tokens.end());
    }
    if (tokens.isWord("FORMAT")) {
      int headEnd = tokens.start();
      Kind next = tokens.next();
      if (next == Kind.INCOMPLETE) {
        return new Unknown();
      }
      return next == Kind.WORD ? data(sql, limit, isAll, headEnd, tokens) : null;
    }
    return null;
  }

  /// Data begins behind the first line feed, if only blanks come before it, else behind the blanks.
  private static SqlShape data(
      byte[] sql, int limit, boolean isAll, int headEnd, SqlTokens tokens) {
    int at = tokens.end();
    while (at < limit && (sql[at] == ' ' || sql[at] == '\t' || sql[at] == '\f')) {
      at++;
    }
    if (at < limit && sql[at] == '\r') {
      at++;
    }
    if (at == limit && !isAll) {
      return new Unknown();
    }
    if (at < limit && sql[at] == '\n') {
      at++;
    } else if (at < limit && sql[at] == ';') {
      return new Refused(62, "SYNTAX_ERROR", "You have ';' symbol before data in INSERT query");
    }
    return new InsertOfRows(headEnd, tokens.text(), at);
  }

  private static boolean skipGroup(SqlTokens tokens) {
    tokens.next();
    return skipRestOfGroup(tokens);
  }

  /// From the first token inside a bracket to the closing one; false when the bytes end before it.
  private static boolean skipRestOfGroup(SqlTokens tokens) {
    int depth = 1;
    while (true) {
      switch (tokens.kind()) {
        case OPEN -> depth++;
        case CLOSE -> depth--;
        case END, INCOMPLETE -> {
          return false;
        }
        case WORD, QUOTED, SEMICOLON, OTHER -> {}
      }
      if (depth == 0) {
        return true;
      }
      tokens.next();
    }
  }

  /// The format that a whole statement names for its answer, or the given one; refuses a statement
  /// that would write a file of the server or that brings data with it all the same.
  static String answerFormat(byte[] sql, String otherwise) throws EngineException {
    SqlTokens tokens = new SqlTokens(sql, sql.length, true);
    String found = otherwise;
    String candidate = otherwise;
    int depth = 0;
    String first = "";
    String before = "";
    while (true) {
      Kind kind = tokens.next();
      if (kind == Kind.END || kind == Kind.SEMICOLON || tokens.isWord("SETTINGS")) {
        found = candidate;
      }
      if (kind == Kind.END) {
        return found;
      }
      if (first.isEmpty()) {
        first = tokens.text().toUpperCase(Locale.ROOT);
      }
      refuse(first, before, tokens);
      depth += kind == Kind.OPEN ? 1 : kind == Kind.CLOSE ? -1 : 0;
      boolean isNamed = before.equals("FORMAT") && kind == Kind.WORD && depth == 0;
      candidate = isNamed ? tokens.text() : found;
      before = kind == Kind.WORD ? tokens.text().toUpperCase(Locale.ROOT) : "";
    }
  }

  private static void refuse(String first, String before, SqlTokens tokens) throws EngineException {
    if (before.equals("INTO") && tokens.isWord("OUTFILE")) {
      throw EngineException.of(
          358, "INTO_OUTFILE_NOT_ALLOWED", "INTO OUTFILE is not allowed over HTTP");
    }
    // The engine takes such data only from behind the SQL, and there ends it at the first blank
    // line.
    if (first.equals("INSERT") && before.equals("INPUT") && tokens.kind() == Kind.OPEN) {
      throw EngineException.of(
          48,
          "NOT_IMPLEMENTED",
          "The table function input is not supported by the embedded engine");
    }
  }
}
