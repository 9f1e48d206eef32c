package io.aftersend.runtime.tenants;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What an API key may be used for. No scope includes another.
public enum Scope {
  /// Posting events to the edge, and signing links.
  INGEST,
  /// Reading from the API.
  READ,
  /// All other writes.
  ADMIN,
  /// Reading what is told of the whole installation, all tenants together.
  OPERATE;

  /// All that a tenant may do with what is its own.
  public static Set<Scope> ofTenant() {
    return EnumSet.complementOf(EnumSet.of(OPERATE));
  }

  /// The scope as users and files write it: `ingest`, `read`, `admin`, `operate`.
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The scope written as `text`; null when there is none.
  public static @Nullable Scope find(String text) {
    return Arrays.stream(values()).filter(s -> s.text().equals(text)).findFirst().orElse(null);
  }
}
