package io.aftersend.processor.signal;

import io.aftersend.processor.engagement.PersonEvents;
import io.aftersend.schemas.state.PersonEvent;
import io.aftersend.schemas.state.SignalFacts;
import io.aftersend.schemas.state.SignalHit;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/// What an opening by a person means beside the others of that person. A function of the facts with
/// the opening in them.
final class OpenSignals {
  /// Openings in a day that are often.
  static final int OFTEN = 3;

  /// After that much quiet, or of a mail that old, an opening revives.
  private static final long QUIET_MS = Duration.ofDays(30).toMillis();

  /// Networks, and machines, beside the first reader's that speak for a forward.
  private static final int OTHERS = 2;

  private final SignalFacts facts;
  private final PersonEvent event;
  private final List<SignalHit> human;
  private final List<SignalHit> opens;

  /// @param facts with the opening in them
  OpenSignals(SignalFacts facts, PersonEvent event) {
    this.facts = facts;
    this.event = event;
    this.human = SignalHits.human(facts);
    this.opens =
        human.stream()
            .filter(SignalHits::isOpen)
            .filter(hit -> Objects.equals(hit.getMessage(), event.getMessage()))
            .toList();
  }

  /// How often the message, else the recipient, was opened on the day of the opening.
  long ofDay(ZoneId zone) {
    LocalDate day = day(event.getTime(), zone);
    return opens.stream().filter(hit -> day(hit.getTime(), zone).equals(day)).count();
  }

  static LocalDate day(long timeMs, ZoneId zone) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(timeMs), zone);
  }

  /// Whether the person was quiet for 30 days before, or the mail is 30 days old and opened first.
  boolean isRevival() {
    return isAfterQuiet() || isFirstOfOldMail();
  }

  private boolean isAfterQuiet() {
    Long before = facts.getLastHuman();
    if (before != null && before > event.getTime()) {
      return false;
    }
    for (SignalHit hit : human) {
      boolean isBefore = hit.getTime() <= event.getTime() && !isThis(hit);
      if (isBefore && (before == null || hit.getTime() > before)) {
        before = hit.getTime();
      }
    }
    return before != null && event.getTime() - before >= QUIET_MS;
  }

  private boolean isFirstOfOldMail() {
    String message = event.getMessage();
    Long sent = message == null ? null : facts.getSent().get(message);
    if (message == null || sent == null || event.getTime() - sent < QUIET_MS) {
      return false;
    }
    Long opened = facts.getOpened().get(message);
    boolean wasOpened = opened != null && opened <= event.getTime();
    return !wasOpened
        && opens.stream().noneMatch(hit -> hit.getTime() <= event.getTime() && !isThis(hit));
  }

  /// Whether others than the first reader have the mail, and the opening is the first from its
  /// network and machine.
  boolean isForward() {
    SignalHit first = null;
    SignalHit own = null;
    Set<String> networks = new HashSet<>();
    Set<String> machines = new HashSet<>();
    boolean isKnown = false;
    for (SignalHit hit : opens) {
      if (hit.getNetwork() == null || hit.getMachine() == null) {
        continue;
      }
      if (first == null) {
        first = hit;
      } else if (!hit.getNetwork().equals(first.getNetwork())
          && !hit.getMachine().equals(first.getMachine())) {
        networks.add(hit.getNetwork());
        machines.add(hit.getMachine());
        own = isThis(hit) ? hit : own;
        isKnown |= !isThis(hit) && isSamePlace(hit);
      }
    }
    return own != null && !isKnown && networks.size() >= OTHERS && machines.size() >= OTHERS;
  }

  private boolean isSamePlace(SignalHit hit) {
    return Objects.equals(hit.getNetwork(), event.getNetwork())
        && Objects.equals(hit.getMachine(), event.getMachine());
  }

  private boolean isThis(SignalHit hit) {
    return hit.getId().equals(PersonEvents.id(event));
  }
}
