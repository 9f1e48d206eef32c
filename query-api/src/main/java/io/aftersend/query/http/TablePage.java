package io.aftersend.query.http;

import java.util.List;

/// How much of a table a request asks for, and in which form.
///
/// @param limit most rows of the page
public record TablePage(boolean isCsv, int limit) {
  /// The parameters that [#of] and cursors read.
  public static final List<String> PARAMETERS = List.of("limit", "cursor");

  private static final int MAX_ROWS = 1_000;
  private static final int DEFAULT_ROWS = 100;

  /// Reads a request.
  ///
  /// @param parameters are told what is wrong with the limit
  /// @param maxCsvRows the most rows of one table given as CSV
  /// @throws io.aftersend.query.problem.ProblemException with status 406 when it wants another form
  public static TablePage of(ApiRequest request, QueryParameters parameters, int maxCsvRows) {
    List<String> offered = List.of(MediaTypes.JSON, MediaTypes.CSV);
    boolean isCsv = MediaTypes.preferred(request, offered).equals(MediaTypes.CSV);
    int limit =
        isCsv
            ? parameters.number("limit", 1, maxCsvRows, maxCsvRows)
            : parameters.number("limit", 1, MAX_ROWS, DEFAULT_ROWS);
    return new TablePage(isCsv, limit);
  }

  /// How many rows to read: one more than asked for tells whether there is a next page.
  public int rowsToRead() {
    return limit + 1;
  }

  /// Whether rows that were read reach beyond the page.
  public boolean hasMore(List<?> rows) {
    return rows.size() > limit;
  }

  /// The rows of the page.
  public <T> List<T> cut(List<T> rows) {
    return hasMore(rows) ? rows.subList(0, limit) : rows;
  }
}
