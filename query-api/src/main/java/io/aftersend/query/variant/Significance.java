package io.aftersend.query.variant;

import io.aftersend.query.variant.Arm.Trials;
import java.util.Arrays;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.RegularizedGamma;
import org.jspecify.annotations.Nullable;

/// Classical tests of proportions and of counts.
final class Significance {
  private Significance() {}

  /// The outcome of a test.
  ///
  /// @param statistic the z or the chi-squared that it rests on
  /// @param pValue how probable such a difference or a greater one is by chance alone
  record Outcome(double statistic, double pValue) {}

  /// The two-proportion z test with pooled variance, two-sided; null where it says nothing: without
  /// messages, or where none or all of them were successes.
  static @Nullable Outcome difference(Trials arm, Trials control) {
    double messages = (double) arm.messages() + control.messages();
    double pooled = ((double) arm.successes() + control.successes()) / messages;
    if (arm.messages() == 0 || control.messages() == 0 || pooled <= 0 || pooled >= 1) {
      return null;
    }
    double variance = pooled * (1 - pooled) * (1.0 / arm.messages() + 1.0 / control.messages());
    double z = (arm.rate() - control.rate()) / Math.sqrt(variance);
    return new Outcome(z, Erfc.value(Math.abs(z) / Math.sqrt(2)));
  }

  /// The chi-squared test of whether messages went to the arms in the planned shares; null with
  /// fewer than two arms or without messages.
  ///
  /// @param shares above 0, of any sum
  static @Nullable Outcome shares(long[] messages, double[] shares) {
    double sum = Arrays.stream(messages).sum();
    double planned = Arrays.stream(shares).sum();
    if (messages.length < 2 || sum == 0) {
      return null;
    }
    double chiSquared = 0;
    for (int i = 0; i < messages.length; i++) {
      double expected = sum * shares[i] / planned;
      chiSquared += (messages[i] - expected) * (messages[i] - expected) / expected;
    }
    double degrees = messages.length - 1.0;
    return new Outcome(chiSquared, RegularizedGamma.Q.value(degrees / 2, chiSquared / 2));
  }
}
