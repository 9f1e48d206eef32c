package io.aftersend.links;

import org.jspecify.annotations.Nullable;

/// Where in the mail a pixel stands.
public enum PixelPosition {
  TOP("top", 't'),
  BOTTOM("bottom", 'b');

  private final String wireName;
  private final char code;

  PixelPosition(String wireName, char code) {
    this.wireName = wireName;
    this.code = code;
  }

  /// The name used in events and the API.
  public String wireName() {
    return wireName;
  }

  /// The position of a name, or null when there is none of that name.
  public static @Nullable PixelPosition ofWireName(String wireName) {
    return switch (wireName) {
      case "top" -> TOP;
      case "bottom" -> BOTTOM;
      default -> null;
    };
  }

  /// The byte that stands for the position in a payload.
  char code() {
    return code;
  }

  static @Nullable PixelPosition ofCode(int code) {
    return switch (code) {
      case 't' -> TOP;
      case 'b' -> BOTTOM;
      default -> null;
    };
  }
}
