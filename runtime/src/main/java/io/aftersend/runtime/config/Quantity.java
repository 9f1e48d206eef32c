package io.aftersend.runtime.config;

import java.time.Duration;

/// Durations and sizes as they are written in a configuration: a whole number and its unit.
final class Quantity {
  private static final Unit[] TIME = {
    new Unit("d", 86_400_000_000_000L),
    new Unit("h", 3_600_000_000_000L),
    new Unit("m", 60_000_000_000L),
    new Unit("s", 1_000_000_000L),
    new Unit("ms", 1_000_000L),
    new Unit("us", 1_000L),
    new Unit("ns", 1L),
  };
  private static final Unit[] SIZE = {
    new Unit("GiB", 1L << 30),
    new Unit("MiB", 1L << 20),
    new Unit("KiB", 1L << 10),
    new Unit("B", 1L),
  };

  private Quantity() {}

  private record Unit(String name, long factor) {}

  /// @throws IllegalArgumentException when `text` is not a number with one of ns, us, ms, s, m, h,
  ///   d
  static Duration duration(String text) {
    return Duration.ofNanos(parse(text, TIME));
  }

  /// @throws IllegalArgumentException when `text` is not a number, alone or with one of B, KiB,
  ///   MiB, GiB
  static long bytes(String text) {
    boolean isPlain = !text.isEmpty() && isDigit(text.charAt(text.length() - 1));
    return parse(isPlain ? text + "B" : text, SIZE);
  }

  /// A duration in the largest unit that shows it whole.
  static String text(Duration duration) {
    return duration.isZero() ? "0s" : text(duration.toNanos(), TIME);
  }

  /// A size in the largest unit that shows it whole.
  static String text(long bytes) {
    return bytes == 0 ? "0B" : text(bytes, SIZE);
  }

  private static String text(long amount, Unit[] units) {
    for (Unit unit : units) {
      if (amount % unit.factor == 0) {
        return amount / unit.factor + unit.name;
      }
    }
    throw new AssertionError("the smallest unit divides everything");
  }

  private static long parse(String text, Unit[] units) {
    int digits = 0;
    while (digits < text.length() && isDigit(text.charAt(digits))) {
      digits++;
    }
    String name = text.substring(digits);
    for (Unit unit : units) {
      if (unit.name.equals(name)) {
        try {
          return Math.multiplyExact(Long.parseLong(text.substring(0, digits)), unit.factor);
        } catch (ArithmeticException e) {
          throw new IllegalArgumentException("too large: " + text, e);
        }
      }
    }
    throw new IllegalArgumentException("no known unit: " + text);
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
