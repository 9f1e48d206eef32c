package io.aftersend.runtime.tenants;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an API key may be used for. No scope includes another.
public enum Scope {
  /// Posting events to the edge, and signing links.
  INGEST,
  /// Reading from the API.
  READ,
  /// All other writes.
  ADMIN;

  /// The scope as users and files write it: `ingest`, `read`, `admin`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The scope written as `text`; null when there is none.
  public static @Nullable Scope find(String text) {
    return Arrays.stream(values()).filter(s -> s.text().equals(text)).findFirst().orElse(null);
  }
}
