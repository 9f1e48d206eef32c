package io.aftersend.processor.count;

import io.aftersend.schemas.event.EventType;
import java.util.HashMap;
import java.util.Map;

/// The counters that every tally gives, named once.
record CounterNames(String total, String unique, String humanTotal, String humanUnique) {
  private static final Map<String, CounterNames> BY_TALLY = all();

  /// The names for a tally.
  static CounterNames of(String tally) {
    CounterNames names = BY_TALLY.get(tally);
    if (names == null) {
      throw new IllegalArgumentException("expected the name of a tally, got \"" + tally + "\"");
    }
    return names;
  }

  private static Map<String, CounterNames> all() {
    Map<String, CounterNames> names = new HashMap<>();
    for (EventType type : EventType.values()) {
      for (String prefix : new String[] {"", EventKind.PROVIDER_PREFIX}) {
        String tally = prefix + type.wireName();
        names.put(
            tally,
            new CounterNames(
                tally + ".total",
                tally + ".unique",
                tally + ".human_total",
                tally + ".human_unique"));
      }
    }
    return Map.copyOf(names);
  }
}
