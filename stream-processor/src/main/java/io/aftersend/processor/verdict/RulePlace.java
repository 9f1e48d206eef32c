package io.aftersend.processor.verdict;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A place in the file of rules, read strictly: what is not as expected is a [Wrong] that names the
/// place.
///
/// @param path such as `rule 3 (many_links), within.default`
record RulePlace(JsonNode node, String path) {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
  private static final Duration LONGEST = Duration.ofDays(30);
  private static final int SHOWN = 60;

  /// Something at a place is not as expected; the message names both.
  static final class Wrong extends RuntimeException {
    Wrong(String path, String problem) {
      super(path.isEmpty() ? problem : path + ": " + problem);
    }
  }

  /// This place as an object that has the needed fields, and of others only the allowed ones.
  RulePlace object(List<String> needed, List<String> allowed) {
    require(node.isObject(), "an object");
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      String name = field.getKey();
      if (!needed.contains(name) && !allowed.contains(name)) {
        List<String> known = new ArrayList<>(needed);
        known.addAll(allowed);
        throw new Wrong(
            child(name), "expected only the fields " + String.join(", ", known) + ", got this one");
      }
    }
    for (String name : needed) {
      if (!node.has(name)) {
        throw new Wrong(child(name), "expected this field, it is missing");
      }
    }
    return this;
  }

  /// A field that must be there.
  RulePlace field(String name) {
    if (!node.has(name)) {
      throw new Wrong(child(name), "expected this field, it is missing");
    }
    return new RulePlace(node.required(name), child(name));
  }

  /// A field that may be missing.
  @Nullable RulePlace fieldOrNull(String name) {
    return node.has(name) ? field(name) : null;
  }

  /// The names of this object's fields, in their order.
  List<String> names() {
    return node.properties().stream().map(Map.Entry::getKey).toList();
  }

  /// The elements of this array, which is not empty.
  List<RulePlace> elements() {
    require(node.isArray() && !node.isEmpty(), "an array with elements");
    List<RulePlace> elements = new ArrayList<>();
    for (int i = 0; i < node.size(); i++) {
      elements.add(new RulePlace(node.required(i), path + "[" + i + "]"));
    }
    return elements;
  }

  /// This text, which is not empty.
  String text() {
    require(node.isTextual() && !node.textValue().isBlank(), "a text");
    return node.textValue();
  }

  /// These texts, at least one.
  List<String> texts() {
    return elements().stream().map(RulePlace::text).toList();
  }

  boolean flag() {
    require(node.isBoolean(), "true or false");
    return node.booleanValue();
  }

  /// A condition that is there or not: false would be no condition.
  void yes() {
    require(node.isBoolean() && node.booleanValue(), "true, or no such field");
  }

  int wholeNumber(int least, int most) {
    boolean isInRange =
        node.isIntegralNumber()
            && node.canConvertToInt()
            && node.intValue() >= least
            && node.intValue() <= most;
    require(isInRange, "a whole number from %d to %d".formatted(least, most));
    return node.intValue();
  }

  double share() {
    require(
        node.isNumber() && node.doubleValue() >= 0 && node.doubleValue() <= 1,
        "a number from 0 to 1");
    return node.doubleValue();
  }

  Windows windows() {
    object(List.of("default"), names());
    Map<String, Duration> byProvider = new HashMap<>();
    for (String provider : names()) {
      byProvider.put(provider, field(provider).duration());
    }
    Duration usual = byProvider.remove("default");
    return new Windows(usual == null ? Duration.ZERO : usual, byProvider);
  }

  private Duration duration() {
    Matcher parts = DURATION.matcher(node.isTextual() ? node.textValue() : "");
    Duration duration = parts.matches() ? duration(parts) : null;
    boolean isInRange = duration != null && duration.compareTo(LONGEST) <= 0;
    require(isInRange, "a duration from 0ms to 30d, such as 500ms, 10s or 30m");
    return duration == null ? Duration.ZERO : duration;
  }

  private static Duration duration(Matcher parts) {
    long amount = Long.parseLong(parts.group(1));
    return switch (parts.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      default -> Duration.ofDays(amount);
    };
  }

  Wrong expected(String expected) {
    String got = node.toString();
    String shown = got.length() > SHOWN ? got.substring(0, SHOWN) + "…" : got;
    return new Wrong(path, "expected %s, got %s".formatted(expected, shown));
  }

  private void require(boolean isRight, String expected) {
    if (!isRight) {
      throw expected(expected);
    }
  }

  private String child(String name) {
    if (path.isEmpty()) {
      return name;
    }
    return path + (path.endsWith(")") ? ", " : ".") + name;
  }
}
