package io.aftersend.oracle;

import io.aftersend.schemas.event.EmailEvent;

/// The class of a bounce: as it was stated, else from its enhanced status code (RFC 3463). Knows
/// codes with one meaning only.
final class BounceCode {
  private BounceCode() {}

  static String classOf(EmailEvent bounce) {
    if (bounce.getBounceClass() != null) {
      return bounce.getBounceClass();
    }
    String code = String.valueOf(bounce.getEnhancedCode());
    return switch (code) {
      case "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1" -> "hard";
      case "5.2.2", "5.2.3", "5.3.4", "5.3.5", "5.4.1", "4.4.7", "5.5.1" -> "soft";
      case "5.6.1", "5.7.1", "5.7.26", "5.7.509" -> "block";
      default ->
          throw new IllegalArgumentException("a bounce of a class or known code, not " + code);
    };
  }
}
