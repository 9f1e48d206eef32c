package io.aftersend.query.heatmap;

/// What happened in one cell.
///
/// @param total all events, machines included
/// @param humanTotal those made by people
/// @param first messages whose first human event lies here
public record CellCounts(long total, long humanTotal, long first) {
  static final CellCounts NONE = new CellCounts(0, 0, 0);

  CellCounts plus(CellCounts other) {
    return new CellCounts(total + other.total, humanTotal + other.humanTotal, first + other.first);
  }
}
