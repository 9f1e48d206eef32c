package io.aftersend.bench.queries;

import io.aftersend.runtime.lifecycle.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// The worked queries of the page for analysts, by their titles.
final class AnalystQueries {
  private static final Pattern QUERY =
      Pattern.compile(
          "^### (\\d+\\. [^\\n]+)\\n\\n```sql\\n(.*?)\\n```$", Pattern.MULTILINE | Pattern.DOTALL);

  private AnalystQueries() {}

  /// Reads them.
  ///
  /// @param root of the checkout
  static Map<String, String> read(Path root) {
    Path page = root.resolve("docs").resolve("analysts.md");
    try {
      return of(Files.readString(page));
    } catch (IOException e) {
      throw new StartupException("cannot read the analysts' queries: " + e, e);
    }
  }

  static Map<String, String> of(String page) {
    Map<String, String> queries = new LinkedHashMap<>();
    QUERY.matcher(page).results().forEach(it -> queries.put(it.group(1), it.group(2)));
    return queries;
  }
}
