package io.aftersend.query.variant;

import io.aftersend.query.variant.Arm.Trials;
import java.util.List;

/// How probable it is that each arm has the best rate: with a uniform prior the rate of an arm is
/// distributed as Beta(1 + successes, 1 + failures), and an arm is best with probability ∫ f(x) ∏
/// F(x) dx over the density of its own rate and the distributions of all others. Integrated
/// numerically, not drawn: the same counts always give the same answer, exact to more than six
/// digits.
final class BestProbability {
  private BestProbability() {}

  /// The probabilities, in the order of the arms; they add up to 1.
  ///
  /// @param arms at least one, all sound
  static double[] of(List<Trials> arms) {
    List<RatePosterior> posteriors = arms.stream().map(RatePosterior::of).toList();
    double[] probabilities = new double[arms.size()];
    for (int i = 0; i < probabilities.length; i++) {
      int arm = i;
      probabilities[i] =
          posteriors
              .get(i)
              .expectation(
                  x -> {
                    double othersBelow = 1;
                    for (int other = 0; other < posteriors.size(); other++) {
                      othersBelow *= other == arm ? 1 : posteriors.get(other).below(x);
                    }
                    return othersBelow;
                  });
    }
    return probabilities;
  }
}
