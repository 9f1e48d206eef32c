package io.aftersend.oracle;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where two counts of one campaign differ, number by number.
public final class Difference {
  private Difference() {}

  /// Lines `name: expected number, got number`; empty where all numbers are the same.
  public static String between(Recount expected, Recount actual) {
    Map<String, String> wanted = numbers(expected);
    Map<String, String> got = numbers(actual);
    TreeSet<String> names = new TreeSet<>(wanted.keySet());
    names.addAll(got.keySet());
    StringBuilder lines = new StringBuilder();
    for (String name : names) {
      String one = wanted.getOrDefault(name, "nothing");
      String other = got.getOrDefault(name, "nothing");
      if (!one.equals(other)) {
        lines.append("%s: expected %s, got %s%n".formatted(name, one, other));
      }
    }
    return lines.toString();
  }

  private static Map<String, String> numbers(Recount recount) {
    Map<String, String> numbers = new TreeMap<>();
    recount.counts().forEach((type, counts) -> numbers.put(type, counts.toString()));
    recount
        .providerCounts()
        .forEach((type, counts) -> numbers.put("provider's " + type, counts.toString()));
    numbers.put("reach", recount.reach().toString());
    numbers.put("provider's reach", recount.providerReach().toString());
    recount.finalStates().forEach((state, sum) -> numbers.put("state " + state, "" + sum));
    numbers.put("converters", "" + recount.converters());
    numbers.put("stated forwards", "" + recount.statedForwards());
    numbers.put("inferred forwards", "" + recount.inferredForwards());
    numbers.put("answered", "" + recount.answered());
    recount
        .revenue()
        .forEach(
            (currency, sum) -> {
              if (sum.signum() != 0) {
                numbers.put("revenue " + currency, sum.stripTrailingZeros().toPlainString());
              }
            });
    recount.buckets().forEach((key, content) -> numbers.put(key.toString(), content.toString()));
    return numbers;
  }
}
