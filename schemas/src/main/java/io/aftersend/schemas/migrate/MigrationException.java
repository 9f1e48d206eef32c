package io.aftersend.schemas.migrate;

/// Topics or tables could not be brought to the state that this version needs. The message says
/// which and why.
public final class MigrationException extends RuntimeException {
  MigrationException(String message, Throwable cause) {
    super(message, cause);
  }

  MigrationException(String message) {
    super(message);
  }
}
