package io.aftersend.runtime.tenants;

import java.time.ZoneId;
import java.util.Set;
import java.util.regex.Pattern;

/// What ids, zones, hashes and secrets of tenants must look like. Every method returns what it was
/// given, or throws [IllegalArgumentException] with `expected …, got …`.
final class Rules {
  static final int MASTER_LENGTH_BYTES = 32;

  private static final Set<String> TIME_ZONES = Set.copyOf(ZoneId.getAvailableZoneIds());
  private static final Pattern TENANT_ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");
  private static final Pattern KEY_ID = Pattern.compile("[A-Za-z0-9_-]{8}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

  private Rules() {}

  static String tenantId(String id) {
    return matching(TENANT_ID, id, "1 to 64 characters of A-Z a-z 0-9 . _ ~ -");
  }

  static String keyId(String id) {
    return matching(KEY_ID, id, "8 base64url characters");
  }

  static String keyHash(String hash) {
    return matching(HASH, hash, "SHA-256 as 64 lower-case hexadecimal digits");
  }

  static String timeZone(String zone) {
    if (!TIME_ZONES.contains(zone)) {
      throw new IllegalArgumentException(
          "expected a time zone of the IANA database, such as Asia/Tehran, got " + quoted(zone));
    }
    return zone;
  }

  static int retentionDays(int days) {
    if (days < 1 || days > Tenant.MAX_RETENTION_DAYS) {
      throw new IllegalArgumentException(
          "expected from 1 to %d days, got %d".formatted(Tenant.MAX_RETENTION_DAYS, days));
    }
    return days;
  }

  static Secret master(Secret secret) {
    if (secret.length() != MASTER_LENGTH_BYTES) {
      throw new IllegalArgumentException(
          "expected %d bytes, got %d".formatted(MASTER_LENGTH_BYTES, secret.length()));
    }
    return secret;
  }

  static String quoted(String text) {
    String cut = text.length() > 80 ? text.substring(0, 80) + "…" : text;
    return "\"" + cut.replaceAll("\\p{Cntrl}", "?") + "\"";
  }

  private static String matching(Pattern pattern, String text, String expected) {
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException("expected " + expected + ", got " + quoted(text));
    }
    return text;
  }
}
