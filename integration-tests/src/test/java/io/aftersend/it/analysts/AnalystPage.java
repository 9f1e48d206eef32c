package io.aftersend.it.analysts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The page for analysts, as its readers see it: worked queries, and tables of columns.
final class AnalystPage {
  private static final Path PAGE = Path.of("..", "docs", "analysts.md");
  private static final Pattern QUERY =
      Pattern.compile("^### (\\d+)\\. [^\\n]+\\n\\n```sql\\n(.*?)\\n```$", flags());
  private static final Pattern VIEW =
      Pattern.compile("^### (\\w+)(?:\\(.*?\\))?\\n\\n.*?\\n\\n(\\| column .*?)\\n\\n", flags());
  private static final Pattern COLUMN = Pattern.compile("^\\| `(\\w+)` \\|", Pattern.MULTILINE);

  private AnalystPage() {}

  private static int flags() {
    return Pattern.MULTILINE | Pattern.DOTALL;
  }

  /// The worked queries by number.
  static SortedMap<Integer, String> queries() {
    SortedMap<Integer, String> queries = new TreeMap<>();
    QUERY
        .matcher(text())
        .results()
        .forEach(found -> queries.put(Integer.valueOf(found.group(1)), found.group(2)));
    return queries;
  }

  /// The columns of each view that the page describes.
  static Map<String, List<String>> views() {
    Map<String, List<String>> views = new TreeMap<>();
    VIEW.matcher(text())
        .results()
        .forEach(found -> views.put(found.group(1), columns(found.group(2))));
    return views;
  }

  private static List<String> columns(String table) {
    List<String> columns = new ArrayList<>();
    Matcher matcher = COLUMN.matcher(table);
    while (matcher.find()) {
      columns.add(matcher.group(1));
    }
    return columns;
  }

  private static String text() {
    try {
      return Files.readString(PAGE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
