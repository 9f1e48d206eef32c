package io.aftersend.query.variant;

import io.aftersend.query.variant.Arm.Trials;
import java.util.function.DoubleUnaryOperator;

/// What is known of a rate after some trials: a Beta distribution as a table over where its mass
/// lies.
final class RatePosterior {
  /// Even; with so many steps Simpson's rule errs by less than a billionth.
  private static final int STEPS = 8_000;

  /// How far the table reaches from the mean: what lies beyond is less than any digit that is
  /// shown.
  private static final double REACH_DEVIATIONS = 40;

  private final double from;
  private final double step;
  private final double[] density;
  private final double[] below;

  private RatePosterior(double from, double step, double[] density, double[] below) {
    this.from = from;
    this.step = step;
    this.density = density;
    this.below = below;
  }

  /// The posterior of sound trials under a uniform prior.
  static RatePosterior of(Trials trials) {
    double a = 1.0 + trials.successes();
    double b = 1.0 + trials.messages() - trials.successes();
    double mean = a / (a + b);
    double deviation = Math.sqrt(mean * (1 - mean) / (a + b + 1));
    double from = Math.max(0, mean - REACH_DEVIATIONS * deviation);
    double to = Math.min(1, mean + REACH_DEVIATIONS * deviation);
    double step = (to - from) / STEPS;
    double mode = a + b == 2 ? mean : (a - 1) / (a + b - 2);
    double logPeak = logDensity(mode, a, b);
    double[] density = new double[STEPS + 1];
    for (int i = 0; i <= STEPS; i++) {
      density[i] = Math.exp(logDensity(from + i * step, a, b) - logPeak);
    }
    return normalised(from, step, density);
  }

  /// Up to a constant, which the sum of the table gives.
  private static double logDensity(double x, double a, double b) {
    double left = a == 1 ? 0 : (a - 1) * Math.log(x);
    double right = b == 1 ? 0 : (b - 1) * Math.log1p(-x);
    return left + right;
  }

  private static RatePosterior normalised(double from, double step, double[] density) {
    double[] below = new double[density.length];
    for (int i = 2; i < density.length; i += 2) {
      double left = density[i - 2];
      double middle = density[i - 1];
      double right = density[i];
      // The parabola through three points, up to the middle one and up to the last.
      below[i - 1] = below[i - 2] + step * (5 * left + 8 * middle - right) / 12;
      below[i] = below[i - 2] + step * (left + 4 * middle + right) / 3;
    }
    double whole = below[below.length - 1];
    for (int i = 0; i < density.length; i++) {
      density[i] /= whole;
      below[i] = Math.min(1, below[i] / whole);
    }
    return new RatePosterior(from, step, density, below);
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

  /// The mean of a function of the rate.
  double expectation(DoubleUnaryOperator function) {
    double sum = 0;
    for (int i = 0; i <= STEPS; i++) {
      int weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
      sum += weight * density[i] * function.applyAsDouble(from + i * step);
    }
    return sum * step / 3;
  }
}
