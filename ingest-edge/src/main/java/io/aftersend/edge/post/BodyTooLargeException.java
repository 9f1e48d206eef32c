package io.aftersend.edge.post;

import java.io.IOException;

/// A body that inflates to more than is allowed.
final class BodyTooLargeException extends IOException {
  BodyTooLargeException(long limitBytes) {
    super("expected a body of at most " + limitBytes + " bytes once inflated");
  }
}
