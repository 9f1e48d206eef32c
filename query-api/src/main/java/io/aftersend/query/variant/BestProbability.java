package io.aftersend.query.variant;

import io.aftersend.query.variant.Arm.Trials;
import java.util.List;
import java.util.TreeSet;

/// How probable it is that each arm has the best rate: with a uniform prior the rate of an arm is
/// distributed as Beta(1 + successes, 1 + failures), and an arm is best with probability ∫ f(x) ∏
/// F(x) dx over the density of its own rate and the distributions of all others. Integrated
/// numerically, not drawn: the same counts always give the same answer, exact to more than six
/// digits.
final class BestProbability {
  /// Even. Between the places where the mass of any arm begins or ends, so that the step suits the
  /// narrowest.
  private static final int STEPS = 4_000;

  private final List<RatePosterior> arms;
  private final double[] sums;

  private BestProbability(List<RatePosterior> arms) {
    this.arms = arms;
    this.sums = new double[arms.size()];
  }

  /// The probabilities, in the order of the arms; they add up to 1.
  ///
  /// @param trials of at least one arm, all sound
  static double[] of(List<Trials> trials) {
    BestProbability best = new BestProbability(trials.stream().map(RatePosterior::of).toList());
    TreeSet<Double> bounds = new TreeSet<>();
    for (RatePosterior arm : best.arms) {
      bounds.add(arm.from());
      bounds.add(arm.to());
    }
    double from = bounds.removeFirst();
    for (double to : bounds) {
      best.integrate(from, to);
      from = to;
    }
    return best.sums;
  }

  /// Simpson's rule for all arms at once.
  private void integrate(double from, double to) {
    double step = (to - from) / STEPS;
    for (int i = 0; i <= STEPS; i++) {
      int weight = i == 0 || i == STEPS ? 1 : i % 2 == 1 ? 4 : 2;
      add(from + i * step, weight * step / 3);
    }
  }

  private void add(double x, double weight) {
    int count = arms.size();
    double[] earlierBelow = new double[count];
    double product = 1;
    for (int i = 0; i < count; i++) {
      earlierBelow[i] = product;
      product *= arms.get(i).below(x);
    }
    double laterBelow = 1;
    for (int i = count - 1; i >= 0; i--) {
      sums[i] += weight * arms.get(i).density(x) * earlierBelow[i] * laterBelow;
      laterBelow *= arms.get(i).below(x);
    }
  }
}
