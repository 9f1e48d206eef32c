package io.aftersend.it;

import io.aftersend.schemas.event.EmailEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema.Field;

/// A history with ids of its own, so that many can be posted to one tenant.
///
/// @param prefix of every id
/// @param events in order of arrival
record PostedHistory(String prefix, List<EmailEvent> events) {
  private static final Set<String> IDS =
      Set.of("event_id", "campaign", "message", "recipient", "list", "mailbox", "thread", "order");

  /// What the edge adds to an event.
  private static final Set<String> NOT_POSTED =
      Set.of("tenant", "ingest_time", "source", "labels", "test", "network_class");

  /// The edge notes the time of posting, which is after all that has happened.
  private static final Duration LATER = Duration.ofDays(365);

  private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

  /// The history as it can be posted: a zone that is none is refused at the edge, which alone says
  /// what network an address belongs to.
  static PostedHistory of(String prefix, List<EmailEvent> events) {
    List<EmailEvent> renamed = new ArrayList<>();
    for (EmailEvent event : events) {
      EmailEvent copy = EmailEvent.newBuilder(event).build();
      for (Field field : copy.getSchema().getFields()) {
        if (IDS.contains(field.name()) && copy.get(field.pos()) != null) {
          copy.put(field.pos(), prefix + copy.get(field.pos()));
        }
      }
      if (copy.getRecipientTimeZone() != null && !ZONES.contains(copy.getRecipientTimeZone())) {
        copy.setRecipientTimeZone(null);
      }
      copy.setNetworkClass(null);
      copy.setIngestTime(copy.getIngestTime().plus(LATER));
      renamed.add(copy);
    }
    return new PostedHistory(prefix, renamed);
  }

  /// The events as bodies of `POST /v1/events`.
  List<Map<String, Object>> bodies() {
    return events.stream().map(PostedHistory::body).toList();
  }

  private static Map<String, Object> body(EmailEvent event) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (Field field : event.getSchema().getFields()) {
      Object value = event.get(field.pos());
      if (value != null && !NOT_POSTED.contains(field.name())) {
        body.put(field.name(), posted(value));
      }
    }
    if (event.getTest()) {
      body.put("test", true);
    }
    if (!event.getLabels().isEmpty()) {
      body.put("labels", event.getLabels());
    }
    return body;
  }

  private static Object posted(Object value) {
    return switch (value) {
      case Instant time -> time.toString();
      case BigDecimal decimal -> decimal.toPlainString();
      default -> value;
    };
  }
}
