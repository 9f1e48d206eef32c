package io.aftersend.edge.network;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Whose network an address belongs to, as far as it says something about who fetched.
public enum NetworkClass {
  APPLE_EGRESS,
  GOOGLE,
  YAHOO,
  MICROSOFT,
  HOSTING,
  OTHER;

  private final String wireName = name().toLowerCase(Locale.ROOT);

  /// The name in events and files.
  public String wireName() {
    return wireName;
  }

  /// The class of that name, or null when there is none.
  public static @Nullable NetworkClass ofWireName(String wireName) {
    return Arrays.stream(values())
        .filter(c -> c.wireName.equals(wireName))
        .findFirst()
        .orElse(null);
  }
}
