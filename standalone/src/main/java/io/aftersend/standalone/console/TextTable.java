package io.aftersend.standalone.console;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/// A table of text whose columns are as wide as they need to be. For one thread.
public final class TextTable {
  private final List<String[]> rows = new ArrayList<>();

  public TextTable(String... titles) {
    rows.add(titles);
  }

  /// Adds a row, which has as many cells as there are titles.
  public void add(String... cells) {
    if (cells.length != rows.getFirst().length) {
      throw new IllegalArgumentException(
          "expected %d cells, got %d".formatted(rows.getFirst().length, cells.length));
    }
    rows.add(cells);
  }

  /// Prints titles and rows.
  public void print(PrintStream out) {
    int[] widths = new int[rows.getFirst().length];
    for (String[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        widths[i] = Math.max(widths[i], row[i].length());
      }
    }
    for (String[] row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < row.length; i++) {
        line.append(row[i]).append(" ".repeat(widths[i] - row[i].length() + 2));
      }
      out.println(line.toString().stripTrailing());
    }
    out.flush();
  }
}
