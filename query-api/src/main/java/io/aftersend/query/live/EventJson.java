package io.aftersend.query.live;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Json;
import io.aftersend.schemas.event.JudgedEvent;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Set;
import org.apache.avro.Schema;

/// An event as the feeds show it: the fields of the view `events` under the same names, without
/// those that are not known.
final class EventJson {
  /// Whose it is, the reader knows; the others are the product's own book-keeping.
  private static final Set<String> HIDDEN =
      Set.of("tenant", "expires_on", "verdict_before", "issued_at");

  private EventJson() {}

  static ObjectNode of(JudgedEvent event) {
    ObjectNode node = Json.object();
    for (Schema.Field field : event.getSchema().getFields()) {
      Object value = event.get(field.pos());
      if (value != null && !HIDDEN.contains(field.name())) {
        put(node, field.name(), value);
      }
    }
    return node;
  }

  private static void put(ObjectNode node, String name, Object value) {
    switch (value) {
      case Boolean flag -> node.put(name, flag);
      case Integer number -> node.put(name, number);
      case Long number -> node.put(name, number);
      case Double number -> node.put(name, number);
      case BigDecimal number -> node.put(name, Json.shortest(number));
      case Collection<?> texts -> {
        ArrayNode array = node.putArray(name);
        texts.forEach(text -> array.add(text.toString()));
      }
      // Texts, and times in RFC 3339.
      default -> node.put(name, value.toString());
    }
  }
}
