package io.aftersend.bench.load;

import java.util.Collection;
import java.util.Locale;

/// The median of some figures, and the least and the greatest of them.
public record Spread(double median, double least, double greatest) {

  /// The spread of figures.
  ///
  /// @param figures at least one
  public static Spread of(Collection<Double> figures) {
    double[] sorted = figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    if (sorted.length == 0) {
      throw new IllegalArgumentException("expected at least one figure, got none");
    }
    int middle = sorted.length / 2;
    double median =
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    return new Spread(median, sorted[0], sorted[sorted.length - 1]);
  }

  /// The spread as text, such as `10.31 (10.02 to 10.77)`.
  public String toText(int decimals) {
    String number = "%." + decimals + "f";
    String text = number + " (" + number + " to " + number + ")";
    return String.format(Locale.ROOT, text, median, least, greatest);
  }
}
