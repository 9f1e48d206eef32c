package io.aftersend.runtime.tenants;

import java.time.Instant;

/// A key that a tenant's tracked URLs are signed with, as it stands in the tenants file.
///
/// @param id 8 base64url characters, its own among all tenants: it stands in every token
/// @param secret the key itself; how it is derived is up to who makes it
/// @param active whether new URLs are signed with it; others only verify
/// @param created when it was made
public record SigningKeyEntry(String id, Secret secret, boolean active, Instant created) {
  public SigningKeyEntry {
    Rules.keyId(id);
  }

  SigningKeyEntry withActive(boolean isActive) {
    return new SigningKeyEntry(id, secret, isActive, created);
  }
}
