package io.aftersend.query.timeline;

import java.sql.ResultSet;
import java.sql.SQLException;

/// What happened in a time, of one type of event.
///
/// @param total all events, machines included
/// @param humanTotal those made by people
/// @param first messages whose first human event lies there, which adds up over any times
public record EventSums(long total, long humanTotal, long first) {
  public static final EventSums NONE = new EventSums(0, 0, 0);

  /// Reads the columns `total`, `human_total` and `first`.
  public static EventSums read(ResultSet row) throws SQLException {
    return new EventSums(row.getLong("total"), row.getLong("human_total"), row.getLong("first"));
  }

  EventSums plus(EventSums other) {
    return new EventSums(total + other.total, humanTotal + other.humanTotal, first + other.first);
  }
}
