package io.aftersend.links;

import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A claim about every value of a generator. A failure names the seed, which `-Daftersend.seed`
/// brings back, and the smallest failing value that deleting parts led to.
record Property<T>(Function<Random, T> generator, Function<T, List<T>> deletions) {
  private static final int MAX_SHRINK_STEPS = 2_000;

  void holds(int cases, Consumer<T> claim) {
    long seed = Long.getLong("aftersend.seed", new Random().nextLong());
    Random random = new Random(seed);
    for (int i = 0; i < cases; i++) {
      T value = generator.apply(random);
      Throwable failure = failure(claim, value);
      if (failure != null) {
        T smallest = shrink(claim, value);
        throw new AssertionError(
            "case " + i + " of -Daftersend.seed=" + seed + ", smallest: " + smallest,
            failure(claim, smallest));
      }
    }
  }

  private T shrink(Consumer<T> claim, T failing) {
    T smallest = failing;
    boolean isSmaller = true;
    for (int step = 0; isSmaller && step < MAX_SHRINK_STEPS; step++) {
      isSmaller = false;
      for (T candidate : deletions.apply(smallest)) {
        if (failure(claim, candidate) != null) {
          smallest = candidate;
          isSmaller = true;
          break;
        }
      }
    }
    return smallest;
  }

  private static <T> @Nullable Throwable failure(Consumer<T> claim, T value) {
    try {
      claim.accept(value);
      return null;
    } catch (RuntimeException | AssertionError e) {
      return e;
    }
  }
}
