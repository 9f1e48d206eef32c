package io.aftersend.embedded;

/// A reason why an embedded server could not start or an engine could not be had, told in one line
/// that names what stands in the way and what to do about it. A command line may print the message
/// alone.
public final class EmbeddedStartException extends Exception {
  public EmbeddedStartException(String message) {
    super(message);
  }

  public EmbeddedStartException(String message, Throwable cause) {
    super(message, cause);
  }
}
