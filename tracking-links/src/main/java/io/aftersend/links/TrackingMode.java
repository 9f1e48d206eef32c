package io.aftersend.links;

import org.jspecify.annotations.Nullable;

/// How much may be recorded about the recipient of a message, strictest first. A token without a
/// mode means [#FULL].
public enum TrackingMode {
  NONE("none", 'n'),
  AGGREGATE("aggregate", 'a'),
  DELIVERABILITY("deliverability", 'd'),
  FULL("full", 'f');

  private final String wireName;
  private final char code;

  TrackingMode(String wireName, char code) {
    this.wireName = wireName;
    this.code = code;
  }

  /// The name used in events, configuration and the API.
  public String wireName() {
    return wireName;
  }

  /// The mode of a name, or null when there is none of that name.
  public static @Nullable TrackingMode ofWireName(String wireName) {
    for (TrackingMode mode : values()) {
      if (mode.wireName.equals(wireName)) {
        return mode;
      }
    }
    return null;
  }

  /// The byte that stands for the mode in a payload.
  char code() {
    return code;
  }

  static @Nullable TrackingMode ofCode(int code) {
    return switch (code) {
      case 'n' -> NONE;
      case 'a' -> AGGREGATE;
      case 'd' -> DELIVERABILITY;
      case 'f' -> FULL;
      default -> null;
    };
  }
}
