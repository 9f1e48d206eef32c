package io.aftersend.standalone.links;

/// An order that cannot be signed; its message says what was expected and what came, in one line.
public final class RefusedOrderException extends RuntimeException {
  RefusedOrderException(String message) {
    super(message);
  }

  RefusedOrderException(String message, Throwable cause) {
    super(message, cause);
  }
}
