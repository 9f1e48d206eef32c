package io.aftersend.links;

import org.jspecify.annotations.Nullable;

/// The kind of a tracked URL, which is also the first segment of its path. The tag covers it, so
/// that a token made for one endpoint is invalid at every other. The letters `t` and `r` are
/// reserved.
public enum Endpoint {
  OPEN('o'),
  CLICK('c'),
  ATTACHMENT('a'),
  FORWARD('f'),
  UNSUBSCRIBE('u'),
  PAGE_VIEW('p'),
  CONVERSION('x');

  private final char letter;

  Endpoint(char letter) {
    this.letter = letter;
  }

  /// The path segment, as in `/o/{token}`.
  public char letter() {
    return letter;
  }

  /// Whether the endpoint redirects to the token's target URL, which it then requires.
  public boolean isRedirect() {
    return this == CLICK || this == ATTACHMENT || this == FORWARD;
  }

  /// The endpoint of a path segment, or null when the letter names none. Allocates nothing.
  public static @Nullable Endpoint ofLetter(int letter) {
    return switch (letter) {
      case 'o' -> OPEN;
      case 'c' -> CLICK;
      case 'a' -> ATTACHMENT;
      case 'f' -> FORWARD;
      case 'u' -> UNSUBSCRIBE;
      case 'p' -> PAGE_VIEW;
      case 'x' -> CONVERSION;
      default -> null;
    };
  }
}
