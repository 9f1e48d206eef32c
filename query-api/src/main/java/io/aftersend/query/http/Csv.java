package io.aftersend.query.http;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table as CSV (RFC 4180), built row by row. A null is an empty field. For one thread.
///
/// A free text that a spreadsheet would run as a formula gets an apostrophe before it, which
/// spreadsheets do not show; ids and numbers stay as they are.
public final class Csv {
  private static final String FORMULA_STARTS = "=+-@\t\r\n";

  private final StringBuilder text = new StringBuilder();
  private boolean isRowStart = true;

  /// A table with these columns.
  public Csv(List<String> columns) {
    columns.forEach(this::id);
    endRow();
  }

  /// Adds a free text.
  public Csv text(@Nullable String value) {
    boolean canRun =
        value != null && !value.isEmpty() && FORMULA_STARTS.indexOf(value.charAt(0)) >= 0;
    return field(canRun ? "'" + value : value);
  }

  /// Adds a value from a closed set, or an id.
  public Csv id(@Nullable String value) {
    return field(value);
  }

  /// Adds a whole number.
  public Csv number(long value) {
    return field(Long.toString(value));
  }

  /// Adds an exact decimal, without exponent.
  public Csv number(@Nullable BigDecimal value) {
    return field(value == null ? null : Json.shortest(value).toPlainString());
  }

  /// Ends the row.
  public void endRow() {
    text.append("\r\n");
    isRowStart = true;
  }

  /// The whole table.
  @Override
  public String toString() {
    return text.toString();
  }

  private Csv field(@Nullable String value) {
    if (!isRowStart) {
      text.append(',');
    }
    isRowStart = false;
    if (value != null) {
      boolean needsQuotes = value.chars().anyMatch(c -> c == ',' || c == '"' || c < ' ');
      if (needsQuotes) {
        text.append('"').append(value.replace("\"", "\"\"")).append('"');
      } else {
        text.append(value);
      }
    }
    return this;
  }
}
