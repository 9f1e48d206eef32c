package io.aftersend.edge.tls;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// An immutable choice of certificates by the name that a client asks for. Safe for any thread.
final class CertificateTable {
  /// The files of this name serve clients that ask for no name, or for one that nobody has.
  static final String DEFAULT_NAME = "default";

  private final Map<String, Certificate> byDomain = new HashMap<>();
  private final Map<String, Certificate> byName;
  private final Certificate fallback;

  private CertificateTable(Map<String, Certificate> byName, Certificate fallback) {
    this.byName = Map.copyOf(byName);
    this.fallback = fallback;
    for (Certificate certificate : byName.values()) {
      for (String domain : certificate.domains()) {
        byDomain.merge(domain, certificate, CertificateTable::longerLived);
      }
    }
  }

  /// @param byName at least one; without one called [#DEFAULT_NAME], the first is the default
  static CertificateTable of(Map<String, Certificate> byName) {
    Certificate named = byName.get(DEFAULT_NAME);
    if (named != null) {
      return new CertificateTable(byName, named);
    }
    Certificate first =
        byName.values().stream()
            .min((a, b) -> a.name().compareTo(b.name()))
            .orElseThrow(() -> new IllegalArgumentException("expected a certificate, got none"));
    return new CertificateTable(byName, first);
  }

  private static Certificate longerLived(Certificate one, Certificate other) {
    int byEnd = one.expires().compareTo(other.expires());
    boolean isFirst = byEnd != 0 ? byEnd > 0 : one.name().compareTo(other.name()) < 0;
    return isFirst ? one : other;
  }

  /// The certificate for a name: of that very name, else of the wildcard one label above, else the
  /// default.
  Certificate find(@Nullable String host) {
    if (host == null) {
      return fallback;
    }
    String lower = host.toLowerCase(Locale.ROOT);
    Certificate exact = byDomain.get(lower);
    if (exact != null) {
      return exact;
    }
    int dot = lower.indexOf('.');
    Certificate wildcard = dot < 0 ? null : byDomain.get("*" + lower.substring(dot));
    return wildcard != null ? wildcard : fallback;
  }

  /// The certificate of the files of that name; null when there is none.
  @Nullable Certificate named(String name) {
    return byName.get(name);
  }

  Collection<Certificate> certificates() {
    return byName.values();
  }

  /// When the first of them ends.
  Instant firstExpiry() {
    return byName.values().stream()
        .map(Certificate::expires)
        .min(Instant::compareTo)
        .orElse(Instant.MAX);
  }
}
