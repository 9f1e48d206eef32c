package io.aftersend.edge.tls;

/// A certificate or key that cannot be used. The message names the file, what was expected and what
/// came; it never holds a key's bytes.
final class UnusableCertificateException extends Exception {
  UnusableCertificateException(String message) {
    super(message);
  }

  UnusableCertificateException(String message, Throwable cause) {
    super(message, cause);
  }
}
