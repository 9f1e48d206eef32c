package io.aftersend.processor.count;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/// How counters and revenue change. Collects signed contributions. For one thread.
final class CounterChange {
  private final Map<String, Long> counters = new HashMap<>();
  private final Map<String, BigDecimal> revenue = new HashMap<>();

  void count(String counter, long change) {
    if (change != 0) {
      counters.merge(counter, change, Long::sum);
    }
  }

  void earn(String currency, BigDecimal change) {
    revenue.merge(currency, change, BigDecimal::add);
  }

  void add(CounterChange other) {
    other.counters.forEach((counter, change) -> counters.merge(counter, change, Long::sum));
    other.revenue.forEach(this::earn);
  }

  /// Never holds a zero.
  Map<String, Long> counters() {
    counters.values().removeIf(change -> change == 0);
    return counters;
  }

  /// Never holds a zero.
  Map<String, BigDecimal> revenue() {
    revenue.values().removeIf(change -> change.signum() == 0);
    return revenue;
  }

  boolean isNothing() {
    return counters().isEmpty() && revenue().isEmpty();
  }
}
