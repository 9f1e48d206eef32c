package io.aftersend.runtime.lifecycle;

/// An error that the user can mend. Its message says what is wrong and what to do about it, and is
/// printed as it is, without a stack trace; the program then ends with exit code 1.
public class StartupException extends RuntimeException {
  /// @param message what is wrong and what to do, meant for the user
  public StartupException(String message) {
    super(message);
  }

  /// @param message what is wrong and what to do, meant for the user
  /// @param cause what the message was made from, for the log
  public StartupException(String message, Throwable cause) {
    super(message, cause);
  }
}
