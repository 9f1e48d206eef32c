package io.aftersend.processor.hindsight;

import io.aftersend.processor.verdict.Judgement;
import io.aftersend.processor.verdict.Sighting;
import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.HitNote;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// What is noted of a hit.
final class HitNotes {
  /// The order in which entries of a message are looked at.
  static final Comparator<HitNote> ORDER =
      Comparator.comparingLong(HitNote::getEventTime).thenComparing(HitNote::getEventId);

  private HitNotes() {}

  /// A note of an event with its own judgement.
  static HitNote of(EventType type, JudgedEvent event, boolean isOpen, long nowMs) {
    boolean isHit = Sighting.isHit(type);
    return new HitNote(
        event.getEventId(),
        type.wireName(),
        event.getEventTime().toEpochMilli(),
        nowMs,
        event.getProvider(),
        Sighting.link(type, event.getLink(), event.getUrl(), event.getFileName()),
        isHit ? Sighting.network(event.getIp(), event.getNetworkClass()) : Sighting.NONE,
        isOpen,
        event.getVerdict(),
        event.getConfidence(),
        List.of(),
        event.getRevision(),
        null);
  }

  static List<Sighting> sightings(List<HitNote> notes) {
    List<Sighting> sightings = new ArrayList<>(notes.size());
    for (HitNote note : notes) {
      sightings.add(
          new Sighting(
              type(note),
              note.getEventTime(),
              note.getProvider(),
              note.getLink(),
              note.getNetwork(),
              note.getIsOpen()));
    }
    return sightings;
  }

  private static EventType type(HitNote note) {
    EventType type = EventType.ofWireName(note.getType());
    if (type == null) {
      throw new IllegalStateException("expected a known event type, got " + note.getType());
    }
    return type;
  }

  static boolean hasJudgement(HitNote note, Judgement judgement) {
    return note.getReasons().equals(judgement.reasons())
        && note.getVerdict().equals(judgement.verdict().wireName())
        && note.getConfidence() == judgement.confidence();
  }

  static void setJudgement(HitNote note, Judgement judgement) {
    note.setVerdict(judgement.verdict().wireName());
    note.setConfidence(judgement.confidence());
    note.setReasons(judgement.reasons());
  }

  /// Notes that no behaviour rule claims the hit any more.
  static void setOwnJudgement(HitNote note, JudgedEvent stored) {
    note.setVerdict(stored.getVerdict());
    note.setConfidence(stored.getConfidence());
    note.setReasons(List.of());
  }

  static Judgement judgement(JudgedEvent event) {
    return new Judgement(
        Verdict.ofWireName(event.getVerdict()), event.getReasons(), event.getConfidence());
  }
}
