package io.aftersend.processor.signal;

import io.aftersend.processor.engagement.PersonEvents;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.signal.Signal;
import io.aftersend.schemas.signal.SignalKind;
import io.aftersend.schemas.state.PersonEvent;
import io.aftersend.schemas.state.SignalFacts;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The facts of a person after an event, and the signals that it gives cause for. Pure: whether a
/// signal was raised before, the caller knows.
///
/// @param facts null where they stay as they are
record PersonSignals(@Nullable SignalFacts facts, List<Signal> signals) {
  private static final PersonSignals NONE = new PersonSignals(null, List.of());

  /// @param zone of the tenant, in which its days begin
  static PersonSignals of(SignalFacts facts, PersonEvent event, ZoneId zone) {
    EventType type = EventType.ofWireName(event.getType());
    if (type == null) {
      return NONE;
    }
    if (SignalHits.isHit(event)) {
      SignalFacts after = SignalHits.withHit(facts, event);
      return after == null ? NONE : new PersonSignals(after, ofHit(after, event, type, zone));
    }
    return switch (type) {
      case SENT -> new PersonSignals(SignalHits.withSent(facts, event), List.of());
      case REPLIED -> event.getIsAuto() ? NONE : only(signal(SignalKind.REPLIED, event, zone));
      case CONVERTED -> isHuman(event) ? only(signal(SignalKind.CONVERTED, event, zone)) : NONE;
      case FORWARDED -> isHuman(event) ? only(signal(SignalKind.FORWARDED, event, zone)) : NONE;
      default -> NONE;
    };
  }

  private static List<Signal> ofHit(
      SignalFacts facts, PersonEvent event, EventType type, ZoneId zone) {
    if (!isHuman(event)) {
      return List.of();
    }
    if (type != EventType.OPENED) {
      return List.of(
          signal(
              type == EventType.CLICKED ? SignalKind.CLICKED : SignalKind.ATTACHMENT_OPENED,
              event,
              zone));
    }
    List<Signal> signals = new ArrayList<>();
    OpenSignals open = new OpenSignals(facts, event);
    long ofDay = open.ofDay(zone);
    if (ofDay >= OpenSignals.OFTEN) {
      Signal often = signal(SignalKind.OPENED_OFTEN, event, zone);
      often.setNumerator(ofDay);
      signals.add(often);
    }
    if (open.isRevival()) {
      signals.add(signal(SignalKind.REVIVED, event, zone));
    }
    if (open.isForward()) {
      signals.add(signal(SignalKind.FORWARDED, event, zone));
    }
    return signals;
  }

  private static boolean isHuman(PersonEvent event) {
    return PersonEvents.isHuman(event.getVerdict());
  }

  private static PersonSignals only(Signal signal) {
    return new PersonSignals(null, List.of(signal));
  }

  private static Signal signal(SignalKind kind, PersonEvent event, ZoneId zone) {
    LocalDate day = OpenSignals.day(event.getTime(), zone);
    String message = event.getMessage();
    String subject = message == null ? "r:" + event.getRecipient() : "m:" + message;
    return new Signal(
        String.join("|", event.getTenant(), kind.wireName(), subject, day.toString()),
        event.getTenant(),
        kind.wireName(),
        "",
        event.getCampaign(),
        message,
        event.getRecipient(),
        day,
        Instant.ofEpochMilli(event.getTime()),
        Instant.ofEpochMilli(event.getIngestTime()),
        event.getEventId(),
        null,
        null);
  }
}
