package io.aftersend.embedded.clickhouse.engine;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/// One SQL text with what it is run with. The text is bytes, because a literal in it may be no
/// UTF-8.
public final class Statement {
  private final byte[] sql;
  private final String format;
  private final Map<String, String> parameters;

  /// @param sql without data behind an `INSERT`; not copied
  /// @param format of the answer, or of the data of an insert
  /// @param parameters values of `{name:Type}` placeholders, escaped as in tab-separated values
  public Statement(byte[] sql, String format, Map<String, String> parameters) {
    this.sql = sql;
    this.format = format;
    this.parameters = Map.copyOf(parameters);
  }

  /// A statement without placeholders.
  public static Statement of(String sql, String format) {
    return new Statement(sql.getBytes(StandardCharsets.UTF_8), format, Map.of());
  }

  byte[] sql() {
    return sql;
  }

  String format() {
    return format;
  }

  Map<String, String> parameters() {
    return parameters;
  }
}
