package io.aftersend.oracle;

import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// Seeded chance in the words of a story.
record Chance(RandomGenerator random) {

  boolean percent(int percent) {
    return random.nextInt(100) < percent;
  }

  int upTo(int bound) {
    return random.nextInt(bound);
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /// Any length up to the longest; short ones are more likely.
  Duration within(Duration longest) {
    double share = random.nextDouble();
    return Duration.ofMillis((long) (longest.toMillis() * share * share * share));
  }
}
