package io.aftersend.processor.signal;

import io.aftersend.processor.engagement.PersonEvents;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.state.PersonEvent;
import io.aftersend.schemas.state.SignalFacts;
import io.aftersend.schemas.state.SignalHit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What events do to the facts that signals rest on. Pure: an event gives new facts and changes
/// none. Of each hit the greatest revision stands.
final class SignalHits {
  /// Most hits listed of one person, the latest by arrival; of further ones only the first opening
  /// of each message and the latest time are known.
  static final int MAX_HITS = 200;

  /// Most messages of one person whose sending, or first opening, is known: the latest.
  static final int MAX_MESSAGES = 200;

  private SignalHits() {}

  static SignalFacts none() {
    return new SignalFacts(List.of(), Map.of(), Map.of(), null);
  }

  static boolean isHit(PersonEvent event) {
    return PersonEvents.is(event, EventType.OPENED)
        || PersonEvents.is(event, EventType.CLICKED)
        || PersonEvents.is(event, EventType.ATTACHMENT_OPENED);
  }

  /// The facts after a message was sent.
  static SignalFacts withSent(SignalFacts facts, PersonEvent event) {
    String message = event.getMessage();
    if (message == null) {
      return facts;
    }
    SignalFacts after = copy(facts);
    after.getSent().merge(message, event.getTime(), Math::min);
    forgetOldest(after.getSent());
    return after;
  }

  /// The facts after a hit, or null where it was known.
  static @Nullable SignalFacts withHit(SignalFacts facts, PersonEvent event) {
    SignalHit hit =
        new SignalHit(
            PersonEvents.id(event),
            event.getType(),
            event.getMessage(),
            event.getTime(),
            event.getRevision(),
            PersonEvents.isHuman(event.getVerdict()),
            event.getNetwork(),
            event.getMachine());
    SignalFacts after = copy(facts);
    List<SignalHit> hits = after.getHits();
    for (int i = 0; i < hits.size(); i++) {
      if (hits.get(i).getId().equals(hit.getId())) {
        if (hits.get(i).getRevision() >= hit.getRevision()) {
          return null;
        }
        hits.set(i, hit);
        return after;
      }
    }
    boolean wasListed = PersonEvents.wasHuman(event);
    if (!hit.getIsHuman() || wasListed) {
      return null;
    }
    hits.add(hit);
    while (hits.size() > MAX_HITS) {
      forget(after, hits.removeFirst());
    }
    return after;
  }

  private static void forget(SignalFacts facts, SignalHit hit) {
    if (!hit.getIsHuman()) {
      return;
    }
    Long last = facts.getLastHuman();
    facts.setLastHuman(last == null ? hit.getTime() : Math.max(last, hit.getTime()));
    if (isOpen(hit) && hit.getMessage() != null) {
      facts.getOpened().merge(hit.getMessage(), hit.getTime(), Math::min);
      forgetOldest(facts.getOpened());
    }
  }

  private static void forgetOldest(Map<String, Long> times) {
    if (times.size() > MAX_MESSAGES) {
      times.entrySet().stream()
          .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
          .map(Map.Entry::getKey)
          .ifPresent(times::remove);
    }
  }

  static boolean isOpen(SignalHit hit) {
    return hit.getType().equals(EventType.OPENED.wireName());
  }

  /// The hits by people, in order of time.
  static List<SignalHit> human(SignalFacts facts) {
    return facts.getHits().stream()
        .filter(SignalHit::getIsHuman)
        .sorted(Comparator.comparingLong(SignalHit::getTime).thenComparing(SignalHit::getId))
        .toList();
  }

  private static SignalFacts copy(SignalFacts facts) {
    return new SignalFacts(
        new ArrayList<>(facts.getHits()),
        new HashMap<>(facts.getSent()),
        new HashMap<>(facts.getOpened()),
        facts.getLastHuman());
  }
}
