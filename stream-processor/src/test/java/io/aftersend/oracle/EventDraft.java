package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/// An event in the making: posted by its sender, and in by the time that it happened.
final class EventDraft {
  static final String TENANT = "acme";

  private final EmailEvent event = new EmailEvent();

  EventDraft(String type, String id, Instant time) {
    event.setType(type);
    event.setEventId(id);
    event.setTenant(TENANT);
    event.setEventTime(time);
    event.setIngestTime(time);
    event.setSource("post");
    event.setLabels(List.of());
    event.setTest(false);
  }

  EventDraft with(Consumer<EmailEvent> change) {
    change.accept(event);
    return this;
  }

  EventDraft agent(String name) {
    event.setUserAgent(Agents.named(name));
    return this;
  }

  EventDraft value(String value) {
    event.setValue(new BigDecimal(value).setScale(6));
    return this;
  }

  EmailEvent event() {
    return event;
  }
}
