package io.aftersend.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// Makes a failing list small: delta debugging (Zeller's ddmin) over its elements.
public final class Shrinking {
  private Shrinking() {}

  /// A part of the list, in its order, that fails too, and of which no single element can go.
  ///
  /// @param fails holds for the list itself
  public static <T> List<T> shrink(List<T> failing, Predicate<List<T>> fails) {
    List<T> smallest = failing;
    int pieces = 2;
    while (smallest.size() > 1) {
      int length = Math.max(1, (smallest.size() + pieces - 1) / pieces);
      List<T> smaller = withoutAPiece(smallest, length, fails);
      if (smaller.size() < smallest.size()) {
        smallest = smaller;
        pieces = Math.max(2, pieces - 1);
      } else if (length == 1) {
        return smallest;
      } else {
        pieces = Math.min(smallest.size(), pieces * 2);
      }
    }
    return smallest;
  }

  /// The list without the first piece that is not needed, else the list.
  private static <T> List<T> withoutAPiece(List<T> failing, int length, Predicate<List<T>> fails) {
    for (int from = 0; from < failing.size(); from += length) {
      List<T> rest = new ArrayList<>(failing.subList(0, from));
      rest.addAll(failing.subList(Math.min(failing.size(), from + length), failing.size()));
      if (!rest.isEmpty() && fails.test(rest)) {
        return rest;
      }
    }
    return failing;
  }
}
