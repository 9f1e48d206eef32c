package io.aftersend.runtime.tenants;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A sender's customer, whose mail, events and numbers nobody else sees.
///
/// @param id 1 to 64 characters of `A-Z a-z 0-9 . _ ~ -`
/// @param timeZone IANA name of the zone that its days are counted in
/// @param retentionDays how long its events are kept, from 1
/// @param created when it was added
/// @param signingKeys the keys of its tracked URLs, exactly one of them active unless there is none
/// @param apiKeys its API keys
public record Tenant(
    String id,
    String timeZone,
    int retentionDays,
    Instant created,
    List<SigningKeyEntry> signingKeys,
    List<ApiKeyEntry> apiKeys) {
  /// The longest retention: 50 years. ClickHouse's clock for expiry ends in 2106.
  public static final int MAX_RETENTION_DAYS = 18_250;

  public Tenant {
    Rules.tenantId(id);
    Rules.timeZone(timeZone);
    Rules.retentionDays(retentionDays);
    signingKeys = List.copyOf(signingKeys);
    apiKeys = List.copyOf(apiKeys);
    long active = signingKeys.stream().filter(SigningKeyEntry::active).count();
    if (!signingKeys.isEmpty() && active != 1) {
      throw new IllegalArgumentException(
          "expected exactly one active signing key, got %d".formatted(active));
    }
  }

  /// The key that new URLs are signed with; null when the tenant has none.
  public @Nullable SigningKeyEntry activeSigningKey() {
    return signingKeys.stream().filter(SigningKeyEntry::active).findFirst().orElse(null);
  }

  Tenant withApiKeys(List<ApiKeyEntry> keys) {
    return new Tenant(id, timeZone, retentionDays, created, signingKeys, keys);
  }

  Tenant withSigningKey(SigningKeyEntry key, boolean makeActive) {
    boolean isActive = makeActive || signingKeys.isEmpty();
    List<SigningKeyEntry> keys = new ArrayList<>();
    for (SigningKeyEntry present : signingKeys) {
      keys.add(isActive ? present.withActive(false) : present);
    }
    keys.add(key.withActive(isActive));
    return new Tenant(id, timeZone, retentionDays, created, keys, apiKeys);
  }
}
