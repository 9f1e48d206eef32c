package io.aftersend.query.campaign;

/// How many events of one type a campaign has.
///
/// @param type the wire name, such as `opened`
/// @param total all events of the type
/// @param unique distinct messages that have one
/// @param humanTotal those made by people; only meant for opens and clicks
/// @param humanUnique distinct messages with one made by a person; likewise
public record EventCounts(String type, long total, long unique, long humanTotal, long humanUnique) {
  /// Whether machines make such events too, so that people are counted apart.
  boolean hasHumanCounts() {
    return type.equals("opened") || type.equals("clicked");
  }
}
