package io.aftersend.standalone.demo;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftersend.schemas.event.EventType;
import java.time.Instant;
import java.util.Map;

/// An event of the demo that is reported by `POST /v1/events`.
///
/// @param time when it happened, whole milliseconds
/// @param id its `event_id`, the same at every attempt
/// @param fields further fields of the event's JSON; values are String, Integer or Boolean
record DemoEvent(
    DemoMessage message,
    EventType type,
    Actor actor,
    Instant time,
    String id,
    Map<String, Object> fields) {
  DemoEvent {
    fields = Map.copyOf(fields);
  }

  /// The text of a further field; empty when it has none.
  String text(String field) {
    return fields.get(field) instanceof String text ? text : "";
  }

  /// Whether a further field is true.
  boolean flag(String field) {
    return Boolean.TRUE.equals(fields.get(field));
  }

  /// What is posted.
  ObjectNode toJson(String campaign) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("type", type.wireName())
        .put("event_id", id)
        .put("event_time", time.toString())
        .put("campaign", campaign)
        .put("message", message.id())
        .put("recipient", message.recipient())
        .put("account", message.account())
        .put("variant", message.variant());
    fields.forEach((name, value) -> json.putPOJO(name, value));
    return json;
  }
}
