package io.aftersend.query.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;

/// How many events of one type a campaign has.
///
/// @param type the wire name, such as `opened`
/// @param total all events of the type
/// @param unique distinct messages that have one
/// @param humanTotal those made by people; only meant for opens and clicks
/// @param humanUnique distinct messages with one made by a person; likewise
public record EventCounts(String type, long total, long unique, long humanTotal, long humanUnique) {
  /// Of a type that has not happened.
  public static EventCounts none(String type) {
    return new EventCounts(type, 0, 0, 0, 0);
  }

  /// Reads the columns `type`, `total`, `unique`, `human_total` and `human_unique`.
  public static EventCounts read(ResultSet row) throws SQLException {
    return new EventCounts(
        row.getString("type"),
        row.getLong("total"),
        row.getLong("unique"),
        row.getLong("human_total"),
        row.getLong("human_unique"));
  }

  /// Whether machines make such events too, so that people are counted apart.
  boolean hasHumanCounts() {
    return type.equals("opened") || type.equals("clicked");
  }
}
