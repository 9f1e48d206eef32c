package io.aftersend.edge.post;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.aftersend.edge.network.NetworkTable;
import io.aftersend.schemas.event.EmailEvent;
import io.aftersend.schemas.event.EventType;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The reader of one posted event. Confined to one thread; one per batch.
final class EventReader {
  private final String tenant;
  private final Instant ingestTime;
  private final NetworkTable networks;

  EventReader(String tenant, Instant ingestTime, NetworkTable networks) {
    this.tenant = tenant;
    this.ingestTime = ingestTime;
    this.networks = networks;
  }

  /// What came of one element: an event or a rejection, never both.
  record Outcome(@Nullable EmailEvent event, @Nullable Rejection rejection) {}

  /// Reads the element that the parser stands on, to its end also when it is rejected.
  ///
  /// @throws com.fasterxml.jackson.core.JsonProcessingException when the JSON itself is broken
  Outcome read(JsonParser in) throws IOException {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      Rejection rejection = Rejection.ofElement(ValueReader.expected("an object", in));
      in.skipChildren();
      return new Outcome(null, rejection);
    }
    Draft draft = new Draft(ingestTime, networks);
    Set<EventField> given = EnumSet.noneOf(EventField.class);
    Rejection rejection = readFields(in, draft, given);
    if (rejection == null) {
      rejection = check(draft, given);
    }
    return rejection == null
        ? new Outcome(complete(draft.event), null)
        : new Outcome(null, rejection);
  }

  private static @Nullable Rejection readFields(JsonParser in, Draft draft, Set<EventField> given)
      throws IOException {
    Set<EventField> named = EnumSet.noneOf(EventField.class);
    Rejection first = null;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      if (first == null) {
        first = readField(name, in, draft, named, given);
      }
      in.skipChildren();
    }
    return first;
  }

  private static @Nullable Rejection readField(
      String name, JsonParser in, Draft draft, Set<EventField> named, Set<EventField> given)
      throws IOException {
    EventField field = EventField.ofWireName(name);
    if (field == null) {
      return Rejection.unknownField(name, "unknown field");
    }
    if (!named.add(field)) {
      return Rejection.of(field, "expected once, got again");
    }
    if (in.currentToken() == JsonToken.VALUE_NULL) {
      // Many writers put every field that they know, with null for those that do not apply.
      return null;
    }
    given.add(field);
    String problem = field.reader().read(in, draft);
    return problem == null ? null : Rejection.of(field, problem);
  }

  private static @Nullable Rejection check(Draft draft, Set<EventField> given) {
    EventType type = draft.type;
    if (type == null) {
      return Rejection.of(EventField.TYPE, "expected an event type such as sent, got none");
    }
    for (EventField field : given) {
      if (!field.isFor(type)) {
        return Rejection.of(field, "unknown field in an event of type " + type.wireName());
      }
    }
    return null;
  }

  private EmailEvent complete(EmailEvent event) {
    event.setTenant(tenant);
    return event;
  }
}
