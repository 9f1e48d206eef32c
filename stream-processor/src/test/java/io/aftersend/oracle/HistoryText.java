package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.avro.Schema.Field;

/// A history as lines for people, one event each.
public final class HistoryText {
  private static final Set<String> AT_THE_FRONT =
      Set.of("event_id", "tenant", "type", "event_time", "ingest_time", "message", "campaign");
  private static final Set<String> UNSAID = Set.of("source", "labels", "goal");

  private HistoryText() {}

  /// The events in their order, which is that of arrival.
  public static String of(List<EmailEvent> arrivals) {
    return arrivals.stream().map(HistoryText::line).collect(Collectors.joining("\n"));
  }

  private static String line(EmailEvent event) {
    List<String> words = new ArrayList<>();
    words.add(event.getEventTime().toString());
    Duration late = Duration.between(event.getEventTime(), event.getIngestTime());
    words.add("in after " + late);
    words.add(event.getType());
    words.add(event.getMessage() == null ? "no message" : event.getMessage());
    words.add(event.getCampaign() == null ? "no campaign" : event.getCampaign());
    words.add("id=" + event.getEventId());
    for (Field field : event.getSchema().getFields()) {
      Object value = event.get(field.pos());
      if (value != null
          && !value.equals(false)
          && !AT_THE_FRONT.contains(field.name())
          && !UNSAID.contains(field.name())) {
        words.add(field.name() + "=" + text(field, value));
      }
    }
    return String.join("  ", words);
  }

  private static String text(Field field, Object value) {
    return field.name().equals("user_agent") ? Agents.nameOf(value.toString()) : value.toString();
  }
}
