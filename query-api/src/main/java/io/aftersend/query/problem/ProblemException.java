package io.aftersend.query.problem;

import org.jspecify.annotations.Nullable;

/// The end of a request that is answered with a problem instead of what was asked for.
public final class ProblemException extends RuntimeException {
  private final Problem problem;

  public ProblemException(Problem problem) {
    this(problem, null);
  }

  /// A problem with what made it.
  ///
  /// @param cause what made it fail; it goes to the log, never to the client
  public ProblemException(Problem problem, @Nullable Throwable cause) {
    super(problem.status() + " " + problem.detail(), cause);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
