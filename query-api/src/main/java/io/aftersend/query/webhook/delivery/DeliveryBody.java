package io.aftersend.query.webhook.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.query.http.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/// What is posted: `type`, `timestamp`, and all that is known as `data`, under the names of the
/// fields in our records.
public final class DeliveryBody {
  /// Where a record came from inside our own house, and when it leaves it.
  private static final Set<String> OURS = Set.of("journal", "lane", "sequence", "expires_on");

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private DeliveryBody() {}

  /// The body of a record.
  ///
  /// @param type such as `event.clicked`
  /// @param at when it happened
  static byte[] of(String type, Instant at, SpecificRecord record) {
    return of(type, at, fields(record));
  }

  /// A body.
  public static byte[] of(String type, Instant at, ObjectNode fields) {
    ObjectNode body = Json.object().put("type", type).put("timestamp", text(at));
    body.set("data", fields);
    return Json.bytes(body);
  }

  private static ObjectNode fields(SpecificRecord record) {
    ObjectNode fields = Json.object();
    for (Schema.Field field : record.getSchema().getFields()) {
      Object value = record.get(field.pos());
      if (value != null && !OURS.contains(field.name())) {
        fields.set(field.name(), node(value));
      }
    }
    return fields;
  }

  private static JsonNode node(@Nullable Object value) {
    return switch (value) {
      case null -> NODES.nullNode();
      case String text -> NODES.textNode(text);
      case Boolean flag -> NODES.booleanNode(flag);
      case Integer number -> NODES.numberNode(number);
      case Long number -> NODES.numberNode(number);
      case Double number -> NODES.numberNode(number);
      case BigDecimal number -> NODES.numberNode(Json.shortest(number));
      case Instant time -> NODES.textNode(text(time));
      case LocalDate day -> NODES.textNode(day.toString());
      case List<?> list -> array(list);
      default -> throw new IllegalArgumentException("expected a field of ours, got " + value);
    };
  }

  private static ArrayNode array(List<?> list) {
    ArrayNode array = NODES.arrayNode(list.size());
    list.forEach(element -> array.add(node(element)));
    return array;
  }

  private static String text(Instant time) {
    return time.truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
