package io.aftersend.query.timeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Csv;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How sums of the events that are kept in quarter hours are given, in JSON and in CSV.
public final class EventSteps {
  /// The types that are kept so, in the order in which they are given.
  public static final List<String> EVENTS =
      List.of("sent", "received", "opened", "clicked", "replied");

  /// Only senders and their mailboxes make these: there are no machines to leave out.
  private static final Set<String> WITHOUT_MACHINES = Set.of("sent", "received");

  private EventSteps() {}

  /// Puts `total` and `first` of every type into an object.
  ///
  /// @param isHumanOnly whether totals count people only
  public static void put(ObjectNode node, Map<String, EventSums> sums, boolean isHumanOnly) {
    for (String event : EVENTS) {
      EventSums of = sums.getOrDefault(event, EventSums.NONE);
      node.putObject(event).put("total", total(event, of, isHumanOnly)).put("first", of.first());
    }
  }

  /// The columns of every type.
  public static List<String> columns() {
    List<String> columns = new ArrayList<>();
    for (String event : EVENTS) {
      columns.add(event + "_total");
      columns.add(event + "_first");
    }
    return columns;
  }

  /// Adds the fields of every type.
  public static void add(Csv csv, Map<String, EventSums> sums, boolean isHumanOnly) {
    for (String event : EVENTS) {
      EventSums of = sums.getOrDefault(event, EventSums.NONE);
      csv.number(total(event, of, isHumanOnly)).number(of.first());
    }
  }

  private static long total(String event, EventSums sums, boolean isHumanOnly) {
    return isHumanOnly && !WITHOUT_MACHINES.contains(event) ? sums.humanTotal() : sums.total();
  }
}
