package io.aftersend.query.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Csv;
import io.aftersend.query.http.Json;
import java.util.ArrayList;
import java.util.List;

/// How counts of events are given, in JSON and in CSV: people's apart where machines make such
/// events too.
public final class CountsForm {
  private CountsForm() {}

  /// An object with a member for each type.
  public static ObjectNode json(List<EventCounts> counts) {
    ObjectNode node = Json.object();
    counts.forEach(count -> node.set(count.type(), json(count)));
    return node;
  }

  static ObjectNode json(EventCounts counts) {
    ObjectNode node = Json.object().put("total", counts.total()).put("unique", counts.unique());
    if (counts.hasHumanCounts()) {
      node.put("human_total", counts.humanTotal()).put("human_unique", counts.humanUnique());
    }
    return node;
  }

  /// The columns of these types.
  public static List<String> columns(List<String> types) {
    List<String> columns = new ArrayList<>();
    for (String type : types) {
      columns.add(type + "_total");
      columns.add(type + "_unique");
      if (EventCounts.none(type).hasHumanCounts()) {
        columns.add(type + "_human_total");
        columns.add(type + "_human_unique");
      }
    }
    return columns;
  }

  /// Adds the fields of one type.
  public static void add(Csv csv, EventCounts counts) {
    csv.number(counts.total()).number(counts.unique());
    if (counts.hasHumanCounts()) {
      csv.number(counts.humanTotal()).number(counts.humanUnique());
    }
  }
}
