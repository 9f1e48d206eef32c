package io.aftersend.query.variant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftersend.query.variant.Arm.Trials;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestProbabilityTest {
  private static final double EXACT = 1e-7;

  @ParameterizedTest
  @CsvSource({"0,0,0,0", "10,3,10,5", "0,0,7,7", "40,1,30,2", "100,100,90,0", "200,17,190,25"})
  void equalsTheExactSumForTwoArms(long messages, long successes, long messages2, long successes2) {
    Trials one = new Trials(messages, successes);
    Trials two = new Trials(messages2, successes2);

    double[] best = BestProbability.of(List.of(one, two));

    double exact = exact(one, two);
    assertThat(best[1]).isCloseTo(exact, within(EXACT));
    assertThat(best[0]).isCloseTo(1 - exact, within(EXACT));
  }

  /// P(B > A) = Σ over i below b's alpha of B(aA + i, bA + bB) / ((bB + i) B(1 + i, bB) B(aA, bA)),
  /// in exact fractions.
  private static double exact(Trials a, Trials b) {
    long alphaA = 1 + a.successes();
    long betaA = 1 + a.messages() - a.successes();
    long alphaB = 1 + b.successes();
    long betaB = 1 + b.messages() - b.successes();
    BigDecimal sum = BigDecimal.ZERO;
    for (long i = 0; i < alphaB; i++) {
      BigInteger numerator =
          beta(alphaA + i, betaA + betaB)[0]
              .multiply(beta(1 + i, betaB)[1])
              .multiply(beta(alphaA, betaA)[1]);
      BigInteger denominator =
          beta(alphaA + i, betaA + betaB)[1]
              .multiply(BigInteger.valueOf(betaB + i))
              .multiply(beta(1 + i, betaB)[0])
              .multiply(beta(alphaA, betaA)[0]);
      sum =
          sum.add(
              new BigDecimal(numerator).divide(new BigDecimal(denominator), new MathContext(40)));
    }
    return sum.doubleValue();
  }

  /// Numerator and denominator of B(x, y) = (x − 1)! (y − 1)! ÷ (x + y − 1)!.
  private static BigInteger[] beta(long x, long y) {
    return new BigInteger[] {factorial(x - 1).multiply(factorial(y - 1)), factorial(x + y - 1)};
  }

  private static BigInteger factorial(long n) {
    BigInteger product = BigInteger.ONE;
    for (long i = 2; i <= n; i++) {
      product = product.multiply(BigInteger.valueOf(i));
    }
    return product;
  }

  @Test
  void addsUpToOneOverManyArmsOfAnySize() {
    double[] best =
        BestProbability.of(
            List.of(
                new Trials(5_000_000, 250_400),
                new Trials(5_000_000, 250_000),
                new Trials(1_000, 51),
                new Trials(10, 0),
                new Trials(0, 0)));

    double sum = 0;
    for (double probability : best) {
      sum += probability;
    }
    assertThat(sum).isCloseTo(1, within(EXACT));
  }

  @Test
  void equalArmsAreEquallyProbable() {
    assertThat(
            BestProbability.of(List.of(new Trials(100, 9), new Trials(100, 9), new Trials(100, 9))))
        .satisfies(each -> assertThat(each[0]).isCloseTo(1 / 3.0, within(EXACT)));
  }

  /// 200 of 1,000 against 250 of 1,000: pooled 0.225, z = 0.05 ÷ √(0.225 · 0.775 · 0.002).
  @Test
  void zIsThatOfTheTextbook() {
    Significance.Outcome outcome =
        Significance.difference(new Trials(1_000, 250), new Trials(1_000, 200));

    assertThat(outcome).isNotNull();
    assertThat(outcome.statistic()).isCloseTo(2.677398, within(1e-6));
    assertThat(outcome.pValue()).isCloseTo(0.00741965, within(1e-8));
    assertThat(Significance.difference(new Trials(5, 0), new Trials(5, 0))).isNull();
  }

  /// 5,200 and 4,800 where 5,000 each were planned: χ² = 2 · 200² ÷ 5,000 = 16.
  @Test
  void sharesThatChanceDoesNotExplainAreSeen() {
    Significance.Outcome even = Significance.shares(new long[] {5_200, 4_800}, new double[] {1, 1});
    Significance.Outcome planned =
        Significance.shares(new long[] {5_200, 4_800}, new double[] {52, 48});

    assertThat(even).isNotNull();
    assertThat(even.statistic()).isCloseTo(16, within(1e-9));
    assertThat(even.pValue()).isCloseTo(6.334e-5, within(1e-8));
    assertThat(planned).isNotNull();
    assertThat(planned.pValue()).isCloseTo(1, within(1e-9));
  }
}
