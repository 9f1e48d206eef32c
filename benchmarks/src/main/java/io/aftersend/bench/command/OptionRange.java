package io.aftersend.bench.command;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/// The check of options that are counts.
final class OptionRange {
  private OptionRange() {}

  /// Returns the value of an option that lies between 1 and `max`.
  ///
  /// @throws ParameterException when it does not
  static long require(CommandSpec spec, String option, long value, long max) {
    return require(spec, option, value, 1, max);
  }

  /// Returns the value of an option that lies between `min` and `max`.
  ///
  /// @throws ParameterException when it does not
  static long require(CommandSpec spec, String option, long value, long min, long max) {
    if (value < min || value > max) {
      throw new ParameterException(
          spec.commandLine(), "%s: expected %d to %d, got %d".formatted(option, min, max, value));
    }
    return value;
  }
}
