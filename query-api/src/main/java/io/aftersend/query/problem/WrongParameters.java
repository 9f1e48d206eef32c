package io.aftersend.query.problem;

import java.util.ArrayList;
import java.util.List;

/// A mutable collector of what is wrong with one request, so that all of it is told at once. For
/// one thread.
public final class WrongParameters {
  /// A body may be wrong in a million places; nobody reads further than this.
  private static final int MAX_LISTED = 100;

  private final List<WrongParameter> wrong = new ArrayList<>();

  /// Notes a wrong parameter; those over the first hundred are not kept.
  ///
  /// @param detail `expected …, got …`
  public void add(String parameter, String detail) {
    if (wrong.size() < MAX_LISTED) {
      wrong.add(new WrongParameter(parameter, detail));
    }
  }

  public boolean isEmpty() {
    return wrong.isEmpty();
  }

  /// Lets a request through with which nothing is wrong.
  ///
  /// @throws ProblemException with status 400 when anything was noted
  public void throwIfAny() {
    if (!wrong.isEmpty()) {
      throw new ProblemException(Problem.wrongParameters(wrong));
    }
  }
}
