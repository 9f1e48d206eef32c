package io.aftersend.processor.count;

import io.aftersend.processor.verdict.Verdict;
import io.aftersend.schemas.event.EventType;
import io.aftersend.schemas.event.JudgedEvent;
import io.aftersend.schemas.state.MessageFacts;
import io.aftersend.schemas.state.ValueTally;
import java.util.ArrayList;
import java.util.List;

/// What the facts of a message know of its opens and clicks one by one: on which device, in which
/// country, on which link. Changes the facts that it is given, whose lists are replaced.
///
/// An event's device and country are those of the person behind it: a new verdict moves it to where
/// nothing is known, or back. Its link stays.
final class HitValues {
  /// Most values of each of these that are remembered for one message, the unknown one apart, so
  /// that links that a machine invents do not grow the state. Opens and clicks with further values
  /// count under none. A value that has come is never forgotten, though no event may have it now.
  static final int MAX_VALUES = 128;

  private static final String UNKNOWN_DEVICE = "unknown";
  private static final String UNKNOWN_COUNTRY = "";
  private static final String NO_LINK = "";
  private static final String LINK = "link";

  /// How many more events there are, and how many more by people.
  private record Change(long total, long humanTotal) {
    static Change ofOne(EventKind kind) {
      return new Change(1, kind.isHuman() ? 1 : 0);
    }

    Change negated() {
      return new Change(-total, -humanTotal);
    }

    Change plus(Change other) {
      return new Change(total + other.total, humanTotal + other.humanTotal);
    }
  }

  private HitValues() {}

  /// Notes one more event.
  static void learn(MessageFacts facts, JudgedEvent event, EventKind kind) {
    if (!kind.isOpenOrClick()) {
      return;
    }
    Change one = Change.ofOne(kind);
    facts.setDevices(plus(facts.getDevices(), kind, device(event, kind), one));
    facts.setCountries(plus(facts.getCountries(), kind, country(event, kind), one));
    if (kind.type() == EventType.CLICKED) {
      facts.setLinks(plus(facts.getLinks(), kind, link(event), one));
    }
  }

  /// Moves an event that has another verdict now.
  ///
  /// @param event with the device and country that its own program told
  static void rejudge(MessageFacts facts, JudgedEvent event, EventKind before, EventKind after) {
    if (!after.isOpenOrClick()) {
      return;
    }
    Change taken = Change.ofOne(before).negated();
    facts.setDevices(
        moved(facts.getDevices(), device(event, before), taken, after, device(event, after)));
    facts.setCountries(
        moved(facts.getCountries(), country(event, before), taken, after, country(event, after)));
    if (after.type() == EventType.CLICKED) {
      facts.setLinks(plus(facts.getLinks(), after, link(event), taken.plus(Change.ofOne(after))));
    }
  }

  /// The dimensions in which an event found no room.
  static List<String> overflows(MessageFacts facts, JudgedEvent event, EventKind kind) {
    List<String> overflows = new ArrayList<>();
    if (!kind.isOpenOrClick()) {
      return overflows;
    }
    if (find(facts.getDevices(), kind.tally(), device(event, kind)) < 0) {
      overflows.add(Slice.DEVICE);
    }
    if (find(facts.getCountries(), kind.tally(), country(event, kind)) < 0) {
      overflows.add(Slice.COUNTRY);
    }
    if (kind.type() == EventType.CLICKED && find(facts.getLinks(), kind.tally(), link(event)) < 0) {
      overflows.add(LINK);
    }
    return overflows;
  }

  private static String device(JudgedEvent event, EventKind kind) {
    String device = event.getDevice();
    return kind.verdict() == Verdict.HUMAN && device != null ? device : UNKNOWN_DEVICE;
  }

  private static String country(JudgedEvent event, EventKind kind) {
    String country = event.getCountry();
    return kind.verdict() == Verdict.HUMAN && country != null ? country : UNKNOWN_COUNTRY;
  }

  private static String link(JudgedEvent event) {
    String link = event.getLink();
    return link == null ? NO_LINK : link;
  }

  private static List<ValueTally> moved(
      List<ValueTally> tallies, String from, Change taken, EventKind after, String to) {
    Change given = Change.ofOne(after);
    return from.equals(to)
        ? plus(tallies, after, to, taken.plus(given))
        : plus(plus(tallies, after, from, taken), after, to, given);
  }

  private static List<ValueTally> plus(
      List<ValueTally> tallies, EventKind kind, String value, Change change) {
    int at = find(tallies, kind.tally(), value);
    boolean isUnknown = value.equals(UNKNOWN_COUNTRY) || value.equals(UNKNOWN_DEVICE);
    boolean isNew = change.total() > 0 && (isUnknown || tallies.size() < MAX_VALUES);
    if (at < 0 && !isNew) {
      return tallies;
    }
    List<ValueTally> after = new ArrayList<>(tallies);
    if (at < 0) {
      after.add(new ValueTally(kind.tally(), value, change.total(), change.humanTotal()));
    } else {
      ValueTally known = after.get(at);
      after.set(
          at,
          new ValueTally(
              kind.tally(),
              value,
              known.getTotal() + change.total(),
              known.getHumanTotal() + change.humanTotal()));
    }
    return after;
  }

  private static int find(List<ValueTally> tallies, String name, String value) {
    for (int i = 0; i < tallies.size(); i++) {
      ValueTally tally = tallies.get(i);
      if (tally.getValue().equals(value) && tally.getName().equals(name)) {
        return i;
      }
    }
    return -1;
  }
}
