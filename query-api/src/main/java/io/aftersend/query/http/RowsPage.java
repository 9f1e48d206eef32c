package io.aftersend.query.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A page of a table whose rows are all at hand.
///
/// @param next the cursor of the page behind it; null where it is the last one
public record RowsPage<T>(List<T> rows, @Nullable String next) {
  public RowsPage {
    rows = List.copyOf(rows);
  }

  /// Cuts a page out of the rows.
  ///
  /// @param sorted all rows, by their places
  /// @param place what a cursor names a row by; no two rows have the same
  /// @param after the place of the last row before the page; empty for the first page
  /// @param version begins every cursor of the table
  public static <T> RowsPage<T> cut(
      TablePage page, List<T> sorted, Function<T, String> place, String after, String version) {
    List<T> read =
        sorted.stream()
            .filter(row -> place.apply(row).compareTo(after) > 0)
            .limit(page.rowsToRead())
            .toList();
    List<T> rows = page.cut(read);
    String next = page.hasMore(read) ? OpaqueCursor.of(version, place.apply(rows.getLast())) : null;
    return new RowsPage<>(rows, next);
  }

  /// The answer with the link to the page behind this one, if there is any.
  ///
  /// @param target path and query of the table, the latter ending in `?` or `&`
  public Answer linked(Answer answer, String target, int limit) {
    return next == null
        ? answer
        : answer.withHeader(
            "Link", "<%slimit=%d&cursor=%s>; rel=\"next\"".formatted(target, limit, next));
  }
}
