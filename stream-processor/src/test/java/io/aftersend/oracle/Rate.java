package io.aftersend.oracle;

import java.math.BigDecimal;

/// A rate before its division. Without trailing zeros, so that equal numbers are equal rates.
public record Rate(BigDecimal numerator, BigDecimal denominator) {
  public Rate {
    numerator = numerator.stripTrailingZeros();
    denominator = denominator.stripTrailingZeros();
  }

  static Rate of(long numerator, long denominator) {
    return new Rate(BigDecimal.valueOf(numerator), BigDecimal.valueOf(denominator));
  }

  @Override
  public String toString() {
    return numerator.toPlainString() + " / " + denominator.toPlainString();
  }
}
