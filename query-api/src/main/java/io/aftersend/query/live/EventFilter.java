package io.aftersend.query.live;

import io.aftersend.query.http.Call;
import io.aftersend.query.http.QueryParameters;
import io.aftersend.query.http.Text;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which events a reader of a feed sees: of one tenant, and of those what its parameters say.
///
/// @param types wire names; empty: all
/// @param ids by the field that must have them: `campaign`, `message` and so on
/// @param isHumanOnly whether events of machines are left out
record EventFilter(String tenant, Set<String> types, List<IdMatch> ids, boolean isHumanOnly) {
  /// Proxies fetch on behalf of people, and are counted as people.
  private static final Set<String> HUMAN = Set.of("human", "proxy");

  EventFilter {
    types = Set.copyOf(types);
    ids = List.copyOf(ids);
  }

  /// The names of the parameters, and those of `more`.
  static List<String> parameters(String... more) {
    List<String> names = new ArrayList<>(List.of("type", "counts"));
    names.addAll(IdMatch.FIELDS);
    names.addAll(List.of(more));
    return names;
  }

  /// The filter that the parameters of a call ask for. What is wrong is noted in `parameters`.
  static EventFilter of(Call call, QueryParameters parameters) {
    List<IdMatch> ids = new ArrayList<>();
    for (String field : IdMatch.FIELDS) {
      String id = parameters.text(field);
      if (id != null && !Text.isId(id)) {
        parameters.wrong(field, "expected " + Text.ID_EXPECTED + ", got " + Text.quoted(id));
      } else if (id != null) {
        ids.add(IdMatch.of(field, id));
      }
    }
    String counts = parameters.oneOf("counts", List.of("human", "all"), "all");
    return new EventFilter(call.tenant(), types(parameters), ids, counts.equals("human"));
  }

  private static Set<String> types(QueryParameters parameters) {
    String text = parameters.text("type");
    Set<String> types = new HashSet<>();
    if (text == null) {
      return types;
    }
    for (String type : text.split(",", -1)) {
      if (EventType.ofWireName(type) == null) {
        parameters.wrong(
            "type", "expected types of events joined by commas, got " + Text.quoted(type));
      }
      types.add(type);
    }
    return types;
  }

  boolean matches(JudgedEvent event) {
    return event.getTenant().equals(tenant)
        && (types.isEmpty() || types.contains(event.getType()))
        && (!isHumanOnly || HUMAN.contains(event.getVerdict()))
        && hasIds(event);
  }

  private boolean hasIds(JudgedEvent event) {
    for (IdMatch id : ids) {
      if (!id.matches(event)) {
        return false;
      }
    }
    return true;
  }
}
