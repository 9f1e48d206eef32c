package io.aftersend.oracle;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// Where two counts of one campaign, or of its parts, differ, number by number.
public final class Difference {
  private Difference() {}

  /// Lines `name: expected number, got number`; empty where all numbers are the same.
  public static String between(Recount expected, Recount actual) {
    return between(numbers(expected), numbers(actual));
  }

  /// As [#between(Recount, Recount)], of all parts.
  public static String between(Breakdown expected, Breakdown actual) {
    return between(numbers(expected), numbers(actual));
  }

  /// As [#between(Recount, Recount)], of quarters of an hour.
  public static String betweenBuckets(
      Map<Bucket, Bucket.Content> expected, Map<Bucket, Bucket.Content> actual) {
    return between(texts(expected), texts(actual));
  }

  private static Map<String, String> texts(Map<?, ?> values) {
    Map<String, String> texts = new TreeMap<>();
    values.forEach((name, value) -> texts.put(name.toString(), value.toString()));
    return texts;
  }

  private static String between(Map<String, String> wanted, Map<String, String> got) {
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

  private static Map<String, String> numbers(Breakdown breakdown) {
    Map<String, String> numbers = new TreeMap<>();
    Map<String, String> nothing = numbers(Recount.NONE);
    breakdown
        .slices()
        .forEach(
            (slice, recount) ->
                numbers(recount)
                    .forEach(
                        (name, number) -> {
                          if (!number.equals(nothing.get(name))) {
                            numbers.put(slice + " " + name, number);
                          }
                        }));
    breakdown.links().forEach((link, counts) -> numbers.put("link " + link, counts.toString()));
    return numbers;
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
    numbers.put("attributed", "" + recount.attributed());
    numbers.put("stated forwards", "" + recount.statedForwards());
    numbers.put("inferred forwards", "" + recount.inferredForwards());
    numbers.put("answered", "" + recount.answered());
    numbers.put("late", "" + recount.late());
    recount
        .revenue()
        .forEach(
            (currency, sum) -> {
              if (sum.signum() != 0) {
                numbers.put("revenue " + currency, sum.stripTrailingZeros().toPlainString());
              }
            });
    numbers.putAll(texts(recount.buckets()));
    return numbers;
  }
}
