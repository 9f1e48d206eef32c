package io.aftersend.query.variant;

import io.aftersend.query.variant.Arm.Trials;

/// What is known of a rate after some trials: a Beta distribution as a table over where its mass
/// lies.
final class RatePosterior {
  /// Even; with so many steps Simpson's rule errs by less than a billionth.
  private static final int STEPS = 8_000;

  /// How far the table reaches from the mean: what lies beyond is less than any digit that is
  /// shown.
  private static final double REACH_DEVIATIONS = 40;

  private final double a;
  private final double b;
  private final double from;
  private final double step;

  /// At the steps.
  private final double[] density;

  private final double[] below;
  private final double logWhole;

  private RatePosterior(double a, double b, double from, double to) {
    this.a = a;
    this.b = b;
    this.from = from;
    this.step = (to - from) / STEPS;
    this.density = new double[STEPS + 1];
    this.below = new double[STEPS + 1];
    this.logWhole = fill();
  }

  /// The posterior of sound trials under a uniform prior.
  static RatePosterior of(Trials trials) {
    double a = 1.0 + trials.successes();
    double b = 1.0 + trials.messages() - trials.successes();
    double mean = a / (a + b);
    double deviation = Math.sqrt(mean * (1 - mean) / (a + b + 1));
    double from = Math.max(0, mean - REACH_DEVIATIONS * deviation);
    double to = Math.min(1, mean + REACH_DEVIATIONS * deviation);
    return new RatePosterior(a, b, from, to);
  }

  /// Up to a constant, which the sum of the table gives.
  private double logShape(double x) {
    double left = a == 1 ? 0 : (a - 1) * Math.log(x);
    double right = b == 1 ? 0 : (b - 1) * Math.log1p(-Math.min(x, 1));
    return left + right;
  }

  /// Makes the table and returns the logarithm of what the shape sums up to.
  private double fill() {
    double logPeak = a + b == 2 ? 0 : logShape((a - 1) / (a + b - 2));
    for (int i = 0; i <= STEPS; i++) {
      density[i] = Math.exp(logShape(from + i * step) - logPeak);
    }
    for (int i = 2; i <= STEPS; i += 2) {
      double left = density[i - 2];
      double middle = density[i - 1];
      double right = density[i];
      // The parabola through three points, up to the middle one and up to the last.
      below[i - 1] = below[i - 2] + step * (5 * left + 8 * middle - right) / 12;
      below[i] = below[i - 2] + step * (left + 4 * middle + right) / 3;
    }
    double whole = below[STEPS];
    for (int i = 0; i <= STEPS; i++) {
      density[i] /= whole;
      below[i] = Math.min(1, below[i] / whole);
    }
    return logPeak + Math.log(whole);
  }

  /// Where the table begins.
  double from() {
    return from;
  }

  /// Where it ends.
  double to() {
    return from + STEPS * step;
  }

  /// The density of the rate.
  double density(double x) {
    return x < from || x > to() ? 0 : Math.exp(logShape(x) - logWhole);
  }

  /// The probability that the rate is less than `x`.
  double below(double x) {
    double place = (x - from) / step;
    if (place <= 0) {
      return 0;
    }
    if (place >= STEPS) {
      return 1;
    }
    int i = (int) place;
    double t = place - i;
    // Hermite's cubic: the density is the slope.
    double t2 = t * t;
    double t3 = t2 * t;
    return (2 * t3 - 3 * t2 + 1) * below[i]
        + (t3 - 2 * t2 + t) * step * density[i]
        + (3 * t2 - 2 * t3) * below[i + 1]
        + (t3 - t2) * step * density[i + 1];
  }
}
