package io.aftersend.runtime.config;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The known key that an unknown one was probably meant to be.
final class Suggestion {
  private Suggestion() {}

  /// The nearest key by Levenshtein distance without the prefix, letter case aside; null when none
  /// is within a third of the key's length.
  static @Nullable ConfigKey forUnknown(String key) {
    String given = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    String name =
        given.startsWith(ConfigKey.PREFIX) ? given.substring(ConfigKey.PREFIX.length()) : given;
    ConfigKey nearest = null;
    int best = Math.max(2, name.length() / 3) + 1;
    for (ConfigKey candidate : ConfigKey.values()) {
      int distance = distance(name, candidate.name());
      if (distance < best) {
        best = distance;
        nearest = candidate;
      }
    }
    return nearest;
  }

  private static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
      }
      above = row;
    }
    return above[b.length()];
  }
}
